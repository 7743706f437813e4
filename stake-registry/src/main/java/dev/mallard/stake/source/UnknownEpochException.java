package dev.mallard.stake.source;

import dev.mallard.stake.Epoch;
import java.io.IOException;

/** A stake source was asked for an epoch that it does not hold. */
public final class UnknownEpochException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param where the file or contract asked
   * @param known the newest epoch it holds
   */
  public UnknownEpochException(String where, Epoch asked, Epoch known) {
    super(where + " has no epoch " + asked + "; the newest it holds is " + known);
  }
}
