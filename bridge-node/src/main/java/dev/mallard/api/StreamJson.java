package dev.mallard.api;

import dev.mallard.stake.StreamId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A stream as the document's schema {@code Stream} says. */
final class StreamJson {
  private StreamJson() {}

  static JsonArray all(NodeStatus status) {
    JsonArray rows = new JsonArray();
    status.sources().forEach(source -> rows.add(of(source)));
    status.destinations().forEach(destination -> rows.add(of(destination)));
    return rows;
  }

  static JsonObject of(NodeStatus.Source s) {
    return head(s.stream(), "source")
        .put("frontier", s.quacked())
        .put("lagBundles", s.built() - s.quacked())
        .put("inFlight", s.inFlight())
        .put("waitsOn", s.waitsOn())
        .put("halted", s.halted())
        .put(
            "sourceSide",
            new JsonObject()
                .put("readBlock", s.readBlock())
                .put("entries", s.count())
                .put("built", s.built())
                .put("certified", s.certified())
                .put("quacked", s.quacked())
                .put("intakeOpen", s.intakeOpen())
                .put("crossings", s.crossings())
                .put("resends", s.resends()));
  }

  static JsonObject of(NodeStatus.Destination d) {
    long known = Math.max(d.announced(), d.held());
    return head(d.stream(), "destination")
        .put("frontier", d.executed())
        .put("lagBundles", Math.max(0, known - d.executed()))
        .put("inFlight", Math.max(0, d.held() - d.executed()))
        .put("waitsOn", d.waitsOn())
        .put("halted", d.halted())
        .put(
            "destinationSide",
            new JsonObject()
                .put("announced", d.announced())
                .put("held", d.held())
                .put("executed", d.executed())
                .put("executedFinal", d.executedFinal())
                .put("executedEntries", d.executedCount())
                .put("crossed", d.crossed())
                .put("submitted", d.submitted())
                .put("submittedFailed", d.submittedFailed()));
  }

  private static JsonObject head(StreamId stream, String side) {
    return new JsonObject()
        .put("id", stream.toString())
        .put("source", stream.source().value())
        .put("destination", stream.destination().value())
        .put("side", side);
  }
}
