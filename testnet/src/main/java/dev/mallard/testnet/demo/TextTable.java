package dev.mallard.testnet.demo;

import java.util.ArrayList;
import java.util.List;

/** Rows with columns as wide as their widest cell; numbers to the right. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these column titles. */
  public TextTable(List<String> head) {
    this.head = List.copyOf(head);
  }

  /** Adds a row; as many cells as there are titles. */
  public TextTable row(List<String> cells) {
    if (cells.size() != head.size()) {
      throw new IllegalArgumentException(cells.size() + " cells below " + head.size() + " titles");
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** The lines, without trailing blanks. */
  public List<String> lines() {
    int[] widths = new int[head.size()];
    boolean[] numeric = new boolean[head.size()];
    for (int column = 0; column < head.size(); column++) {
      widths[column] = head.get(column).length();
      numeric[column] = !rows.isEmpty();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
        numeric[column] &= isNumber(row.get(column));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(head, widths, numeric));
    rows.forEach(row -> lines.add(line(row, widths, numeric)));
    return lines;
  }

  private static boolean isNumber(String cell) {
    return cell.isEmpty()
        || "-".equals(cell)
        || cell.matches("[+-]?[0-9][0-9.,]*( ?[%A-Za-z]{1,4})?");
  }

  private static String line(List<String> cells, int[] widths, boolean[] numeric) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String blanks = " ".repeat(widths[column] - cell.length());
      line.append(column == 0 ? "" : GAP);
      line.append(numeric[column] ? blanks + cell : cell + blanks);
    }
    return line.toString().stripTrailing();
  }
}
