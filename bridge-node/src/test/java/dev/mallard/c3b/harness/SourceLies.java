package dev.mallard.c3b.harness;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.Origin;
import dev.mallard.c3b.stream.OfferedBundle;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/** What a Byzantine source replica does; an honest one has no acts. */
public final class SourceLies {
  /** Single acts; a liar does one or several. */
  public enum Act {
    /** Never takes its turn to send. */
    SILENT_SENDER,
    /** Offers false copies and true ones out of turn. */
    FORGED_OFFERS,
    /** Announces bundles that do not exist, and quacks that never were. */
    FALSE_ANNOUNCEMENTS,
    /** Sends the same bundles again and again. */
    FLOOD
  }

  private final Simulation world;
  private final Random random;
  private final Set<Act> acts;

  /** Nobody's lies if {@code acts} is empty. */
  public SourceLies(Simulation world, Set<Act> acts) {
    this.world = world;
    this.random = world.random();
    this.acts = acts.isEmpty() ? EnumSet.noneOf(Act.class) : EnumSet.copyOf(acts);
  }

  public boolean isLiar() {
    return !acts.isEmpty();
  }

  /** Whether it does what its state machine asks for. */
  public boolean isSending(SourceReplica self, Effect.SendBundle send) {
    return !acts.contains(Act.SILENT_SENDER);
  }

  /** What it says instead of the truth. */
  public Input.Announced announced(SourceReplica self, long top, long quacked) {
    if (!acts.contains(Act.FALSE_ANNOUNCEMENTS)) {
      return new Input.Announced(self.index(), top, quacked);
    }
    return switch (random.nextInt(3)) {
      case 0 -> new Input.Announced(self.index(), Long.MAX_VALUE, Long.MAX_VALUE);
      case 1 -> new Input.Announced(self.index(), top + random.nextInt(50), top + 20);
      default -> new Input.Announced(self.index(), 0, 0);
    };
  }

  /** Mischief of its own accord. */
  public void onTick(SourceReplica self) {
    if (!isLiar() || !self.isUp() || random.nextInt(4) != 0) {
      return;
    }
    if (acts.contains(Act.FALSE_ANNOUNCEMENTS)) {
      world.sendToDestination(
          self.name(), randomReceiver(), announced(self, self.core().top(), self.core().quacked()));
    }
    if (acts.contains(Act.FORGED_OFFERS)) {
      offer(self, falseCopy(randomSequence(self)));
    }
    if (acts.contains(Act.FLOOD)) {
      for (int i = 0; i < 5; i++) {
        offer(self, FakeStream.offered(world.stream().get(randomSequence(self))));
      }
    }
  }

  private void offer(SourceReplica self, OfferedBundle bundle) {
    world.sendToDestination(
        self.name(),
        randomReceiver(),
        new Input.BundleOffered(new Origin.Remote(self.index()), bundle));
  }

  private OfferedBundle falseCopy(long sequence) {
    return random.nextBoolean()
        ? world.stream().withFalseBody(sequence)
        : world.stream().withFalseHeader(sequence);
  }

  private int randomReceiver() {
    return random.nextInt(world.plan().destination().size());
  }

  /** One that exists, near the frontier. */
  private long randomSequence(SourceReplica self) {
    long near = self.core().quacked() + 1 + random.nextInt(8);
    return Math.clamp(near, 1, Math.max(1, self.core().top()));
  }
}
