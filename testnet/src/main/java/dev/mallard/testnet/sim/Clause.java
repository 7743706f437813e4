package dev.mallard.testnet.sim;

/** The clauses of PROTOCOL.md that a run exercises and checks. */
public enum Clause {
  G_1,
  G_2,
  G_3,
  G_4,
  G_5,
  G_6,
  G_7,
  OUT_1,
  OUT_2,
  OUT_3,
  CERT_1,
  CERT_2,
  CERT_3,
  SCHED_1,
  SCHED_2,
  SCHED_3,
  SCHED_4,
  SCHED_5,
  SEND_1,
  SEND_2,
  SEND_3,
  RECV_1,
  RECV_2,
  RECV_3,
  ACK_1,
  ACK_2,
  QUACK_1,
  QUACK_2,
  LOSS_1,
  LOSS_2,
  GC_1,
  GC_2,
  GC_3,
  CATCH_1,
  DLV_1,
  DLV_2,
  DLV_3,
  DLV_4;

  /** As it is written: {@code G-1}. */
  public String tag() {
    return name().replace('_', '-');
  }
}
