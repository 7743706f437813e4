package dev.mallard.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a client wants to get (RFC 9110, 12.5.1), as far as whole types and {@code q} go. */
final class AcceptHeader {
  private static final int RANGES_MAX = 32;

  private final List<Range> ranges;

  private record Range(String type, double quality) {
    /** 2 for the very type, 1 for its family, 0 for everything, −1 for none. */
    int closeness(String mediaType) {
      String family = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
      return type.equals(mediaType) ? 2 : type.equals(family) ? 1 : type.equals("*/*") ? 0 : -1;
    }
  }

  private AcceptHeader(List<Range> ranges) {
    this.ranges = ranges;
  }

  static AcceptHeader parse(String header) {
    List<Range> ranges = new ArrayList<>();
    for (String part : header.split(",", RANGES_MAX)) {
      String[] fields = part.strip().toLowerCase(Locale.ROOT).split(";", -1);
      ranges.add(new Range(fields[0].strip(), quality(fields)));
    }
    return new AcceptHeader(ranges);
  }

  private static double quality(String[] fields) {
    for (int i = 1; i < fields.length; i++) {
      String field = fields[i].strip();
      if (field.matches("q=[01](\\.[0-9]{0,3})?")) {
        return Double.parseDouble(field.substring(2));
      }
    }
    return 1;
  }

  /** The best of the types offered, the earlier one of equals; empty if none is wanted. */
  Optional<String> choose(List<String> offered) {
    Optional<String> best = Optional.empty();
    double bestQuality = 0;
    for (String type : offered) {
      double quality = qualityOf(type);
      if (quality > bestQuality) {
        bestQuality = quality;
        best = Optional.of(type);
      }
    }
    return best;
  }

  private double qualityOf(String mediaType) {
    int closest = -1;
    double quality = 0;
    for (Range range : ranges) {
      int closeness = range.closeness(mediaType);
      if (closeness > closest) {
        closest = closeness;
        quality = range.quality();
      }
    }
    return quality;
  }
}
