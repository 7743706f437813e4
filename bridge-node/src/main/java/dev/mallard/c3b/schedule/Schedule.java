package dev.mallard.c3b.schedule;

import java.util.List;

/** Who sends which bundle to whom; the same at all replicas of both RSMs ([SCHED-5]). */
public interface Schedule {
  /** Who sends bundle k first, and to whom ([SCHED-2]). */
  SendPair firstPair(long sequence);

  /**
   * All pairs of bundle k: the i-th is used in resend round i, the 0-th is {@link #firstPair}
   * ([SCHED-3]).
   */
  List<SendPair> pairs(long sequence);
}
