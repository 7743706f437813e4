package dev.mallard.store;

import java.io.IOException;

/**
 * Too many commits wait for the disk ([G-4]). Nothing of the refused commit was taken and the store
 * is well: the same commit may be tried again once {@link Journal#hasRoom} says so, before any
 * later one of its stream. It is no reason to halt.
 */
public final class JournalFullException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the folder and what waits. */
  public JournalFullException(String message) {
    super(message);
  }
}
