package dev.mallard.c3b.harness;

import dev.mallard.c3b.C3bParameters;
import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.Origin;
import dev.mallard.c3b.PeerFault;
import dev.mallard.c3b.StreamReceiver;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.c3b.stream.OfferedBundle;
import dev.mallard.stake.StakeTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/** A receiver among four, four sources that say anything, a verifier, a disk and a chain. */
public final class ReceiverProbe implements Probe {
  private static final StakeTable SOURCE = Tables.bft(1, 1, 1, 1, 1);
  private static final StakeTable DESTINATION = Tables.bft(2, 1, 1, 1, 1);
  private static final C3bParameters PARAMETERS =
      new C3bParameters(3, 600, 3, 4, 50, 300, 300, 800, 100, 400, 2);
  private static final int BUNDLES = 12;
  private static final int SELF = 1;
  private static final int REPLICAS = 4;
  private static final int FLOOD = 7;
  private static final int FLOOD_RARITY = 32;
  private static final Input.Receiver FLOODING = new Input.FetchAsked(0, 1, 1);
  private static final int QUANTUM_MILLIS = 100;
  private static final FakeStream STREAM = new FakeStream(BUNDLES);

  private final StreamReceiver core =
      new StreamReceiver(FakeStream.ID, PARAMETERS, SELF, SOURCE, DESTINATION, 0, 0, List.of());
  private final Deque<Effect.VerifyBundle> verifying = new ArrayDeque<>();
  private final List<CertifiedBundle> journaling = new ArrayList<>();
  private final List<Object> effects = new ArrayList<>();
  private long now;

  @Override
  public List<Object> take(long event) {
    SplittableRandom dice = new SplittableRandom(event);
    now += dice.nextInt(3) == 0 ? QUANTUM_MILLIS : 0;
    effects.clear();
    boolean isFlood = dice.nextInt(FLOOD_RARITY) == 0;
    for (int i = isFlood ? FLOOD : 1; i > 0; i--) {
      core.step(now, isFlood ? FLOODING : draw(dice), this::onEffect);
    }
    if (dice.nextInt(3) == 0) {
      settle();
    }
    return List.copyOf(effects);
  }

  /** Verifier and disk are quick. */
  private void settle() {
    while (!verifying.isEmpty()) {
      core.step(now, verdict(), this::onEffect);
    }
    if (!journaling.isEmpty()) {
      core.step(now, journaled(), this::onEffect);
    }
  }

  private void onEffect(Effect effect) {
    effects.add(effect);
    if (effect instanceof Effect.VerifyBundle verify) {
      verifying.add(verify);
    } else if (effect instanceof Effect.JournalBundle journal) {
      journaling.add(journal.bundle());
    }
  }

  /** Mostly what is near the present state, or histories would hardly ever get on. */
  private Input.Receiver draw(SplittableRandom dice) {
    return switch (dice.nextInt(16)) {
      case 0, 1, 2 -> offered(dice);
      case 3, 4, 5 -> verifying.isEmpty() ? offered(dice) : verdict();
      case 6, 7 -> journaling.isEmpty() ? offered(dice) : journaled();
      case 8, 9, 10 ->
          new Input.Announced(
              dice.nextInt(REPLICAS), near(dice), Math.max(0, near(dice) - dice.nextInt(2)));
      case 11 -> {
        long executed = Math.max(0, near(dice) - 1 - dice.nextInt(2));
        yield new Input.InboxFinalized(executed, STREAM.entries(executed));
      }
      case 12 -> new Input.FetchAsked(dice.nextInt(2), near(dice), 1 + dice.nextInt(3));
      default -> new Input.Tick();
    };
  }

  /** The next bundle, or one soon after it. */
  private long near(SplittableRandom dice) {
    long gap = dice.nextBoolean() ? dice.nextInt(3) : 0;
    return Math.min(BUNDLES, core.held() + 1 + gap);
  }

  private Input.Receiver offered(SplittableRandom dice) {
    int from = dice.nextInt(REPLICAS);
    Origin origin = dice.nextBoolean() ? new Origin.Remote(from) : new Origin.Local(from);
    long sequence = Math.max(1, near(dice) - dice.nextInt(4) / 3);
    OfferedBundle copy =
        switch (dice.nextInt(6)) {
          case 0, 1 -> STREAM.withFalseBody(sequence);
          case 2 -> STREAM.withFalseHeader(sequence);
          default -> FakeStream.offered(STREAM.get(sequence));
        };
    return new Input.BundleOffered(origin, copy);
  }

  private Input.Receiver verdict() {
    Effect.VerifyBundle verify = verifying.remove();
    OfferedBundle copy = verify.bundle();
    return STREAM.isTrue(copy)
        ? new Input.BundleVerified(
            verify.origin(), new CertifiedBundle(copy.header(), copy.body(), copy.proof()))
        : new Input.BundleRefused(verify.origin(), copy, PeerFault.BAD_CERTIFICATE);
  }

  private Input.Receiver journaled() {
    List<CertifiedBundle> batch = List.copyOf(journaling);
    journaling.clear();
    return new Input.BundlesJournaled(batch);
  }

  @Override
  public List<Object> describe() {
    List<Object> numbers = new ArrayList<>();
    numbers.addAll(verifying);
    numbers.addAll(journaling);
    core.describeState(numbers::add);
    return numbers;
  }
}
