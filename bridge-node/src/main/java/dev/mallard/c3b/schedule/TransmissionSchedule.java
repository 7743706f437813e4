package dev.mallard.c3b.schedule;

import dev.mallard.stake.StakeTable;
import java.util.List;

/**
 * Which replica of the source sends a bundle to which replica of the destination: a pure function
 * of the two stake tables and the quantum, so that nobody needs to ask ([SCHED-5]).
 */
public final class TransmissionSchedule implements Schedule {
  private final SlotRing senders;
  private final SlotRing receivers;
  private final RetransmissionPairs retransmission;

  /**
   * @param quantum slots a side, the same at all replicas
   */
  public TransmissionSchedule(StakeTable source, StakeTable destination, int quantum) {
    this.senders = new SlotRing(source, quantum);
    this.receivers = new SlotRing(destination, quantum);
    this.retransmission = new RetransmissionPairs(source, destination);
  }

  /** {@inheritDoc} Receivers rotate by one slot each quantum. */
  @Override
  public SendPair firstPair(long sequence) {
    return new SendPair(
        senders.owner(senderSlot(sequence)), receivers.owner(receiverSlot(sequence)));
  }

  @Override
  public List<SendPair> pairs(long sequence) {
    return retransmission.pairs(
        senders.replicasFrom(senderSlot(sequence)), receivers.replicasFrom(receiverSlot(sequence)));
  }

  /** k mod q_s. */
  int senderSlot(long sequence) {
    return (int) (sequence % senders.size());
  }

  /** (k mod q_s + ⌊k / q_s⌋) mod q_r. */
  int receiverSlot(long sequence) {
    long rotation = sequence / senders.size();
    return (int) ((senderSlot(sequence) + rotation) % receivers.size());
  }
}
