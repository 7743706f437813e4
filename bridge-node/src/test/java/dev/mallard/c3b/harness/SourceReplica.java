package dev.mallard.c3b.harness;

import dev.mallard.c3b.Effect;
import dev.mallard.c3b.Input;
import dev.mallard.c3b.Origin;
import dev.mallard.c3b.StreamSender;
import dev.mallard.stake.StakeTable;
import java.util.List;

/**
 * A source replica: the real {@link StreamSender}, a disk that remembers the frontier, and a chain
 * that certifies bundles in time.
 */
public final class SourceReplica implements Replica {
  private final Simulation world;
  private final int index;
  private final SourceLies lies;
  private StreamSender sender;
  private boolean isUp;
  private int life;
  private long certifiedOnDisk;
  private long quackedOnDisk;

  /** Not started yet. */
  public SourceReplica(Simulation world, int index, SourceLies lies) {
    this.world = world;
    this.index = index;
    this.lies = lies;
    this.sender = newSender();
  }

  private StreamSender newSender() {
    StakeTable source = world.plan().source();
    return new StreamSender(
        FakeStream.ID,
        world.plan().parameters(),
        index,
        source,
        world.plan().destination(),
        quackedOnDisk);
  }

  @Override
  public String name() {
    return "s" + index;
  }

  /** Its index in the stake table. */
  public int index() {
    return index;
  }

  public boolean isLiar() {
    return lies.isLiar();
  }

  @Override
  public boolean isUp() {
    return isUp;
  }

  /** The state machine. */
  public StreamSender core() {
    return sender;
  }

  @Override
  public void start() {
    isUp = true;
    life++;
    sender = newSender();
    for (long k = quackedOnDisk + 1; k <= certifiedOnDisk; k++) {
      step(new Input.BundleCertified(world.stream().get(k)));
    }
    tick(life);
  }

  @Override
  public void crash() {
    isUp = false;
    world.story().tell(world.now(), name(), "crashes");
  }

  private void tick(int ofLife) {
    if (isUp && ofLife == life) {
      step(new Input.Tick());
      readChain();
      lies.onTick(this);
      world.after(world.plan().tickMillis(world.random()), () -> tick(ofLife));
    }
  }

  private void readChain() {
    while (sender.isIntakeOpen()
        && certifiedOnDisk < world.stream().count()
        && world.certifiedAt(index, certifiedOnDisk + 1) <= world.now()) {
      certifiedOnDisk++;
      step(new Input.BundleCertified(world.stream().get(certifiedOnDisk)));
    }
  }

  @Override
  public void receive(Input input) {
    if (isUp && input instanceof Input.Sender mine) {
      step(mine);
    }
  }

  private void step(Input.Sender input) {
    sender.step(world.now(), input, this::carryOut);
    world.checks().afterStep(this);
  }

  private void carryOut(Effect effect) {
    if (!lies.isLiar()) {
      world.checks().onSourceEffect(this, effect);
    }
    switch (effect) {
      case Effect.SendBundle send -> {
        if (lies.isSending(this, send)) {
          world.report().onCrossing(send);
          sendBundle(send);
        }
      }
      case Effect.SendAnnounce announce ->
          world.sendToDestination(
              name(),
              announce.receiver(),
              lies.announced(this, announce.top(), announce.quacked()));
      case Effect.QuackAdvanced quack -> {
        int thisLife = life;
        world.after(
            world.plan().fsyncMillis(),
            () -> {
              if (isUp && life == thisLife) {
                quackedOnDisk = Math.max(quackedOnDisk, quack.quacked());
              }
            });
      }
      default -> {}
    }
  }

  private void sendBundle(Effect.SendBundle send) {
    List<Input> message =
        List.of(
            new Input.Announced(index, send.top(), send.quacked()),
            new Input.BundleOffered(new Origin.Remote(index), FakeStream.offered(send.bundle())));
    world
        .story()
        .tell(
            world.now(),
            name(),
            "sends "
                + send.bundle().sequence()
                + " to d"
                + send.receiver()
                + " in round "
                + send.round());
    world.network().send(name(), world.destination(send.receiver()), message);
  }
}
