package dev.mallard.app.cli;

/**
 * One thing that was tried.
 *
 * @param part what was tried
 * @param detail what came of it
 * @param remedy what to do; empty when ok
 */
record CheckRow(String part, boolean ok, String detail, String remedy) {
  static CheckRow ok(String part, String detail) {
    return new CheckRow(part, true, detail, "");
  }

  static CheckRow fail(String part, String detail, String remedy) {
    return new CheckRow(part, false, detail, remedy);
  }
}
