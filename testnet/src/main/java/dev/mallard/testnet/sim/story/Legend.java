package dev.mallard.testnet.sim.story;

/** What the marks and shades of a picture mean, in two rows. */
final class Legend {
  private static final double FIRST_ROW = 80;
  private static final double SECOND_ROW = 104;
  private static final double TEXT = 5.7;

  private final Svg svg;
  private double x = 20;
  private double y = FIRST_ROW;

  Legend(Svg svg) {
    this.svg = svg;
  }

  void draw() {
    stroke("first ab", "bundle a to b");
    stroke("first ba", "bundle b to a");
    stroke("again", "resent");
    stroke("copy ab", "local copy");
    stroke("lie", "false or unasked bundle");
    mark("lost", "", "lost");
    mark("certified", "class=\"ab\"", "certificate on disk");
    mark("held", "class=\"fab\"", "held");
    mark("quack", "class=\"fab\"", "quack");
    mark("executed", "class=\"fab\"", "executed, up to");
    mark("kept", "", "liar keeps a bundle");
    mark("tick", "", "other lie");
    x = 20;
    y = SECOND_ROW;
    svg.rect(x + 8, y - 11, 7, 14, "rx=\"1.5\" class=\"fab\"");
    label("final block with a bundle");
    mark("refused", "", "delivery refused");
    svg.path("M" + (x + 20) + " " + (y - 4) + "q-6 -6 -12 0m0 -5v5h5", "class=\"bad\"");
    label("blocks replaced");
    shade(Look.DOWN, "process down");
    shade(Look.CUT, "cut off");
    shade(Look.SLOW, "slow links");
    shade(Look.RPC, "chain RPC faulty");
    shade(Look.DISK, "disk full");
    shade(Look.HALT, "chain halted");
  }

  private void stroke(String look, String what) {
    svg.line(x, y - 4, x + 24, y - 4, "class=\"" + look + "\"");
    label(what);
  }

  private void mark(String symbol, String attributes, String what) {
    svg.use(symbol, x + 14, y - 4, attributes);
    label(what);
  }

  private void shade(String look, String what) {
    svg.rect(x, y - 11, 24, 14, look);
    label(what);
  }

  private void label(String what) {
    svg.text(x + 30, y, "style=\"font-size:11px\"", what);
    x += 44 + TEXT * what.length();
  }
}
