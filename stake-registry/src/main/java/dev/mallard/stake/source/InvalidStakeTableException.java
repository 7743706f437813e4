package dev.mallard.stake.source;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** What a source holds is no sound stake table; every mistake is reported at once. */
public final class InvalidStakeTableException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  /**
   * @param where the file or contract
   * @param mistakes at least one
   */
  public InvalidStakeTableException(String where, List<Mistake> mistakes) {
    super(
        mistakes.stream()
            .map(mistake -> "\n  " + mistake)
            .collect(Collectors.joining("", where + " is no sound stake table:", "")));
    this.mistakes = List.copyOf(mistakes);
  }

  /** Section by section; never empty. */
  public List<Mistake> mistakes() {
    return mistakes;
  }
}
