package dev.mallard.testnet.sim.story;

import java.util.Locale;

/** Writes SVG elements as text; numbers with one decimal at most. */
final class Svg {
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder top = new StringBuilder();

  Svg raw(String markup) {
    out.append(markup).append('\n');
    return this;
  }

  void rect(double x, double y, double width, double height, String attributes) {
    out.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y));
    out.append("\" width=\"").append(number(Math.max(0, width)));
    out.append("\" height=\"").append(number(height)).append("\" ");
    out.append(attributes).append("/>\n");
  }

  void line(double x1, double y1, double x2, double y2, String attributes) {
    out.append("<path d=\"M").append(number(x1)).append(' ').append(number(y1));
    out.append('L').append(number(x2)).append(' ').append(number(y2)).append("\" ");
    out.append(attributes).append("/>\n");
  }

  void path(String data, String attributes) {
    out.append("<path d=\"").append(data).append("\" ").append(attributes).append("/>\n");
  }

  void text(double x, double y, String attributes, String text) {
    text(out, x, y, attributes, text);
  }

  /** A text above everything else, such as a number that lines would strike through. */
  void topText(double x, double y, String attributes, String text) {
    text(top, x, y, attributes, text);
  }

  private static void text(StringBuilder to, double x, double y, String attributes, String text) {
    to.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" ");
    to.append(attributes).append('>').append(escape(text)).append("</text>\n");
  }

  /** Ends the picture. */
  String end() {
    return out.append(top).append("</svg>\n").toString();
  }

  void use(String symbol, double x, double y, String attributes) {
    out.append("<use href=\"#").append(symbol).append("\" x=\"").append(number(x));
    out.append("\" y=\"").append(number(y)).append("\" ").append(attributes).append("/>\n");
  }

  /** Opens a group with a tool tip. */
  void open(String attributes, String title) {
    out.append("<g ").append(attributes).append('>');
    if (!title.isEmpty()) {
      out.append("<title>").append(escape(title)).append("</title>");
    }
    out.append('\n');
  }

  void close() {
    out.append("</g>\n");
  }

  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Text as it may stand in markup. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
