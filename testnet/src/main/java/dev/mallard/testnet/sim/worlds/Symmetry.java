package dev.mallard.testnet.sim.worlds;

import dev.mallard.c3b.ack.LastCrossing;
import java.util.ArrayList;
import java.util.List;

/**
 * Which replicas of equal stake could change places without anybody being able to tell. States may
 * be merged only if they follow from each other by such a change.
 *
 * <p>All permutations are tried, over the real core: a run of the world is played beside another
 * one in which everything happens to the image of whoever it happens to here. Where one sends what
 * the image of the other does not, the permutation is none. One that is left over after all runs
 * need not be one, so nothing is merged on the word of this class alone.
 *
 * <p>As soon as a bundle exists there is none but the identity: acks and announcements go round all
 * replicas of the other side by index ([ACK-2], [SEND-3]), so a permutation must be a rotation, and
 * every rotation moves the pair that the bundle crosses between first ([SCHED-2]).
 */
final class Symmetry {
  private static final int RUNS = 16;
  private static final int EVENTS = 120;

  /** Time passes once in so many events and one. */
  private static final int TICKS_SHARE = 4;

  private final Cast here;
  private final Cast there;
  private final World world;
  private final WorldState state;
  private final WorldState image;

  private Symmetry(Cast here, Cast there) {
    this.here = here;
    this.there = there;
    this.world = here.world();
    this.state = new WorldState(here);
    this.image = new WorldState(there);
  }

  /**
   * In how many ways a world can be laid upon itself.
   *
   * @param here with the liar in one place
   * @param there in the same place, or in another
   * @return for one place at least 1, the identity; for two places 0 if they make different worlds
   */
  static int count(Cast here, Cast there) {
    Symmetry symmetry = new Symmetry(here, there);
    return (int) symmetry.permutations().stream().filter(symmetry::holds).count();
  }

  /** The permutations that leave everybody on its side, with its stake, and the liar the liar. */
  private List<int[]> permutations() {
    List<int[]> all = new ArrayList<>();
    extend(new int[world.replicas()], 0, all);
    return all;
  }

  private void extend(int[] images, int replica, List<int[]> all) {
    if (replica == images.length) {
      all.add(images.clone());
      return;
    }
    for (int to = 0; to < images.length; to++) {
      if (isLike(replica, to) && !isTaken(images, replica, to)) {
        images[replica] = to;
        extend(images, replica + 1, all);
      }
    }
  }

  private boolean isLike(int replica, int to) {
    return world.isSource(replica) == world.isSource(to)
        && (replica == here.liar()) == (to == there.liar())
        && world
            .tableOf(replica)
            .stakeOf(world.indexOf(replica))
            .equals(world.tableOf(to).stakeOf(world.indexOf(to)));
  }

  private static boolean isTaken(int[] images, int count, int to) {
    for (int i = 0; i < count; i++) {
      if (images[i] == to) {
        return true;
      }
    }
    return false;
  }

  private boolean holds(int[] images) {
    for (int run = 0; run < RUNS; run++) {
      state.begin();
      image.begin();
      long dice = Mixing.mix(run + 1L);
      for (int i = 0; i < EVENTS; i++) {
        dice = Mixing.mix(dice, i);
        List<Integer> letters = imagesOfLetters(images);
        if (!isSame(images, letters)) {
          return false;
        }
        play(images, letters, dice);
      }
    }
    return true;
  }

  /** Where the image of each letter under way lies; -1 if nowhere. */
  private List<Integer> imagesOfLetters(int[] images) {
    boolean[] isFound = new boolean[image.letters()];
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < state.letters(); i++) {
      Message expected = imageOf(images, state.letter(i).message());
      int at = -1;
      for (int j = 0; j < isFound.length && at < 0; j++) {
        at = !isFound[j] && image.letter(j).message().equals(expected) ? j : -1;
      }
      if (at >= 0) {
        isFound[at] = true;
      }
      places.add(at);
    }
    return places;
  }

  private Message imageOf(int[] images, Message message) {
    Saying saying = message.saying();
    if (saying instanceof Saying.Ack ack && ack.crossing().sequence() > 0) {
      int sender = images[world.sourceAt(ack.crossing().sender())];
      LastCrossing crossing = new LastCrossing(world.indexOf(sender), ack.crossing().sequence());
      saying = new Saying.Ack(ack.cumulative(), ack.phi(), crossing);
    }
    return new Message(images[message.from()], images[message.to()], saying);
  }

  private boolean isSame(int[] images, List<Integer> letters) {
    boolean isSame = image.letters() == letters.size() && !letters.contains(-1);
    for (int i = 0; i < images.length && isSame; i++) {
      isSame =
          !here.isCorrect(i) || state.local(i).outlook().equals(image.local(images[i]).outlook());
    }
    return isSame;
  }

  /** One of all that may happen next, and its image; crashes tell nothing more. */
  private void play(int[] images, List<Integer> letters, long dice) {
    int own = world.replicas() * Post.VERIFY;
    int choices = own + letters.size() + here.lies().size();
    int choice = (int) Long.remainderUnsigned(dice, choices + choices / TICKS_SHARE);
    if (choice < own) {
      playOwn(images, choice / Post.VERIFY, Post.CERTIFY + choice % Post.VERIFY);
    } else if (choice < own + letters.size()) {
      Letter letter = state.remove(choice - own);
      Letter other = image.remove(letters.get(choice - own));
      state.step(letter.to(), letter.input());
      image.step(other.to(), other.input());
    } else if (choice < choices) {
      Letter lie = here.lies().get(choice - own - letters.size());
      Letter other = there.post().letter(imageOf(images, lie.message()));
      state.step(lie.to(), lie.input());
      image.step(other.to(), other.input());
    } else {
      state.tick();
      image.tick();
    }
  }

  private void playOwn(int[] images, int replica, int input) {
    if (here.isCorrect(replica) && state.local(replica).outlook().can(input)) {
      state.step(replica, input);
      image.step(images[replica], input);
    }
  }
}
