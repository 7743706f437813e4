package dev.mallard.c3b.harness;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.StreamSender;
import dev.mallard.c3b.ack.LastCrossing;
import dev.mallard.c3b.ack.PhiList;
import dev.mallard.stake.StakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A sender among four, and four destination replicas that acknowledge anything. */
public final class SenderProbe implements Probe {
  private static final StakeTable SOURCE = Tables.bft(1, 1, 1, 1, 1);
  private static final StakeTable DESTINATION = Tables.bft(2, 1, 1, 1, 1);
  private static final int BUNDLES = 6;
  private static final int SELF = 1;
  private static final int REPLICAS = 4;
  private static final int WINDOW = 3;
  private static final int QUANTUM_MILLIS = 100;
  private static final FakeStream STREAM = new FakeStream(BUNDLES);
  private static final int PAUSE_MILLIS = 700;

  private final C3bParameters parameters;
  private final List<Object> effects = new ArrayList<>();
  private StreamSender core;
  private long now;

  /**
   * @param longestTimeout milliseconds; above 100 what is measured makes a difference
   */
  public SenderProbe(int longestTimeout) {
    this.parameters =
        new C3bParameters(
            WINDOW,
            600,
            WINDOW,
            4,
            50,
            Math.min(200, longestTimeout),
            100,
            longestTimeout,
            100,
            400,
            1);
    this.core = newCore(0);
  }

  private StreamSender newCore(long quacked) {
    return new StreamSender(FakeStream.ID, parameters, SELF, SOURCE, DESTINATION, quacked);
  }

  @Override
  public List<Object> take(long event) {
    SplittableRandom dice = new SplittableRandom(event);
    now += dice.nextInt(3) == 0 ? QUANTUM_MILLIS : 0;
    now += dice.nextInt(40) == 0 ? PAUSE_MILLIS : 0;
    effects.clear();
    if (dice.nextInt(40) == 0) {
      restart();
    } else {
      core.step(now, draw(dice), this::onEffect);
    }
    return List.copyOf(effects);
  }

  /** From a disk that remembers the frontier and all that was certified beyond. */
  private void restart() {
    long top = Math.min(core.top(), BUNDLES);
    core = newCore(Math.min(core.quacked(), BUNDLES));
    for (long k = core.quacked() + 1; k <= top; k++) {
      core.step(now, new Input.BundleCertified(STREAM.get(k)), this::onEffect);
    }
  }

  /** Round numbers may differ by whole walks, and proofs decide nothing. */
  private void onEffect(Effect effect) {
    effects.add(
        switch (effect) {
          case Effect.SendBundle send ->
              List.of(send.receiver(), send.bundle(), send.top(), send.quacked());
          case Effect.RoundOpened round -> "round of " + round.sequence();
          case Effect.QuackAdvanced quack -> "quack up to " + quack.quacked();
          default -> effect;
        });
  }

  private Input.Sender draw(SplittableRandom dice) {
    return switch (dice.nextInt(8)) {
      case 0, 1 ->
          core.isIntakeOpen() && core.top() < BUNDLES
              ? new Input.BundleCertified(STREAM.get(core.top() + 1))
              : new Input.Tick();
      case 2, 3, 4, 5 -> {
        int replica = dice.nextInt(REPLICAS);
        long cumulative = Math.max(0, core.quacked() - 1 + dice.nextInt(WINDOW));
        PhiList phi = PhiList.of(new long[] {dice.nextInt(8) & ~1}, dice.nextInt(WINDOW + 1));
        LastCrossing crossing =
            dice.nextBoolean()
                ? LastCrossing.NONE
                : new LastCrossing(dice.nextInt(REPLICAS), core.quacked() + dice.nextInt(WINDOW));
        yield new Input.AckArrived(
            replica, cumulative, phi, crossing, new FakeStream.FakeAck(replica, cumulative));
      }
      default -> new Input.Tick();
    };
  }

  @Override
  public List<Object> describe() {
    List<Object> numbers = new ArrayList<>();
    core.describeState(numbers::add);
    return numbers;
  }
}
