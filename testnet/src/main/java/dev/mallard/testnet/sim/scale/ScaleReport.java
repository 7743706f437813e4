package dev.mallard.testnet.sim.scale;

import java.util.List;

/** What a scale run found, one row a run. */
public record ScaleReport(List<ScaleRow> rows) {
  public ScaleReport {
    rows = List.copyOf(rows);
  }

  /** Tables for people. */
  public String toText() {
    return ScaleText.of(this);
  }

  /** All figures for programs; field names are a promise. */
  public String toJson() {
    return ScaleJson.of(this);
  }

  /** The picture of docs/SCALE.md. */
  public String toSvg() {
    return ScalePlot.of(this);
  }
}
