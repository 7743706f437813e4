package dev.mallard.testnet.localnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The figures of a node's status that networks and scripts look at.
 *
 * @param startedMillis tells one run of the node from the next: counters start again with it
 */
public record NodeFigures(
    long startedMillis,
    boolean ready,
    long latestBlock,
    long finalizedBlock,
    List<Source> sources,
    List<Destination> destinations,
    List<String> complaints) {
  public NodeFigures {
    sources = List.copyOf(sources);
    destinations = List.copyOf(destinations);
    complaints = List.copyOf(complaints);
  }

  /** The source side of a stream at this node. */
  public record Source(
      String stream,
      long entries,
      long built,
      long certified,
      long quacked,
      long crossings,
      long resends,
      String waitsOn,
      String halted) {}

  /** The destination side of a stream at this node. */
  public record Destination(
      String stream,
      long announced,
      long held,
      long executed,
      long executedFinal,
      long executedEntries,
      String waitsOn,
      String halted) {}

  /** Reads {@code /v1/status}. */
  public static NodeFigures of(JsonNode status) {
    List<Source> sources = new ArrayList<>();
    List<Destination> destinations = new ArrayList<>();
    for (JsonNode stream : status.path("streams")) {
      if (stream.has("sourceSide")) {
        sources.add(source(stream, stream.path("sourceSide")));
      } else {
        destinations.add(destination(stream, stream.path("destinationSide")));
      }
    }
    List<String> complaints = new ArrayList<>();
    for (JsonNode row : status.path("health")) {
      if (!row.path("ok").asBoolean()) {
        complaints.add(row.path("component").asString() + ": " + row.path("detail").asString());
      }
    }
    JsonNode chain = status.path("chain");
    return new NodeFigures(
        status.path("startedMillis").asLong(0),
        status.path("ready").asBoolean(false),
        chain.path("latest").path("number").asLong(0),
        chain.path("finalized").path("number").asLong(0),
        sources,
        destinations,
        complaints);
  }

  /** The source side of a stream; empty if the stream starts elsewhere. */
  public Optional<Source> source(String stream) {
    return sources.stream().filter(source -> source.stream().equals(stream)).findFirst();
  }

  /** The destination side of a stream; empty if the stream ends elsewhere. */
  public Optional<Destination> destination(String stream) {
    return destinations.stream().filter(d -> d.stream().equals(stream)).findFirst();
  }

  private static Source source(JsonNode stream, JsonNode side) {
    return new Source(
        stream.path("id").asString(""),
        side.path("entries").asLong(0),
        side.path("built").asLong(0),
        side.path("certified").asLong(0),
        side.path("quacked").asLong(0),
        side.path("crossings").asLong(0),
        side.path("resends").asLong(0),
        stream.path("waitsOn").asString(""),
        stream.path("halted").asString(""));
  }

  private static Destination destination(JsonNode stream, JsonNode side) {
    return new Destination(
        stream.path("id").asString(""),
        side.path("announced").asLong(0),
        side.path("held").asLong(0),
        side.path("executed").asLong(0),
        side.path("executedFinal").asLong(0),
        side.path("executedEntries").asLong(0),
        stream.path("waitsOn").asString(""),
        stream.path("halted").asString(""));
  }
}
