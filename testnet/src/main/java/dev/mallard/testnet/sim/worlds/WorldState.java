package dev.mallard.testnet.sim.worlds;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A state of the world as numbers, and what can be done to it: the state of each replica, what
 * faults are left, and the letters under way, in the order in which they were sent.
 */
final class WorldState {
  /** More numbers than any state has: few letters exist, and few equal ones are under way. */
  static final int ROOM = 512;

  private static final int FIELD_MASK = 0xff;

  private static final long FIELDS = 0xffffffffL;

  /** Beside a letter's number: it was put aside. */
  private static final int ASIDE = 1 << 20;

  /** What is counted beside the replicas: where its field lies in one number. */
  enum Count {
    CRASHES_LEFT(0),
    LOSSES_LEFT(8),
    LIES_LEFT(16),
    TICKS(24);

    private final int shift;

    Count(int shift) {
      this.shift = shift;
    }
  }

  private final Cast cast;
  private final World world;
  private final int replicas;
  private final int firstLetter;
  private final int[] numbers = new int[ROOM];
  private int length;
  private @Nullable String breach;
  private boolean isCrowded;

  WorldState(Cast cast) {
    this.cast = cast;
    this.world = cast.world();
    this.replicas = world.replicas();
    this.firstLetter = replicas + 2;
  }

  /** Everything at its start. */
  void begin() {
    Arrays.fill(numbers, 0, firstLetter, 0);
    length = firstLetter;
    breach = null;
    isCrowded = false;
    count(Count.CRASHES_LEFT, world.faults().crashes());
    count(Count.LOSSES_LEFT, world.faults().losses());
    count(Count.LIES_LEFT, cast.span().isLiarCounted() ? cast.span().liarActsMax() : 0);
  }

  /** Takes a packed state, or another one's. */
  void copyFrom(int[] source, int sourceLength) {
    System.arraycopy(source, 0, numbers, 0, sourceLength);
    length = sourceLength;
    breach = null;
    isCrowded = false;
  }

  void copyFrom(WorldState other) {
    copyFrom(other.numbers, other.length);
  }

  int[] numbers() {
    return numbers;
  }

  int length() {
    return length;
  }

  /** The first guarantee broken since this state was taken up. */
  @Nullable String breach() {
    return breach;
  }

  /** Whether more letters than the world allows were put on a link since. */
  boolean isCrowded() {
    return isCrowded;
  }

  LocalState local(int replica) {
    return cast.machine(replica).state(numbers[replica]);
  }

  int count(Count what) {
    return numbers[replicas] >>> what.shift & FIELD_MASK;
  }

  private void count(Count what, int value) {
    numbers[replicas] = (numbers[replicas] & ~(FIELD_MASK << what.shift)) | value << what.shift;
  }

  void spend(Count what) {
    count(what, count(what) - 1);
  }

  /** From here on only what the replicas do counts. */
  void forgetCounts() {
    numbers[replicas] = 0;
    numbers[replicas + 1] = 0;
  }

  int letters() {
    return length - firstLetter;
  }

  int letterId(int place) {
    return numbers[firstLetter + place] & ~ASIDE;
  }

  Letter letter(int place) {
    return cast.post().letter(letterId(place));
  }

  /** Whether a letter may arrive next: of equal ones the first stands for all. */
  boolean isFirstOfEquals(int place) {
    for (int i = 0; i < place; i++) {
      if (numbers[firstLetter + i] == numbers[firstLetter + place]) {
        return false;
      }
    }
    return true;
  }

  /** Whether a letter was put aside. */
  boolean isAside(int place) {
    return (numbers[firstLetter + place] & ASIDE) != 0;
  }

  /** Something else comes first, for as long as it takes. */
  void putAside(int place) {
    numbers[firstLetter + place] |= ASIDE;
  }

  /** Whether one of a replica's own events was put aside. */
  boolean isAside(int replica, int input) {
    return (numbers[replicas + 1] & asideBit(replica, input)) != 0;
  }

  /** Something else comes first, for as long as it takes. */
  void putAside(int replica, int input) {
    numbers[replicas + 1] |= asideBit(replica, input);
  }

  /** Certifying, syncing and verifying can be put aside. */
  private static int asideBit(int replica, int input) {
    return input >= Post.CERTIFY && input <= Post.VERIFY
        ? 1 << (replica * Post.VERIFY + input - Post.CERTIFY)
        : 0;
  }

  /** A letter leaves the network. */
  Letter remove(int place) {
    Letter letter = letter(place);
    int at = firstLetter + place;
    System.arraycopy(numbers, at + 1, numbers, at, length - at - 1);
    length--;
    return letter;
  }

  /** Something happens to one replica. */
  void step(int replica, int input) {
    LocalStep step = cast.machine(replica).step(local(replica), input);
    numbers[replicas + 1] &= ~asideBit(replica, input);
    numbers[replica] = step.next().id();
    if (breach == null) {
      breach = step.breach();
    }
    for (Letter letter : step.sent()) {
      send(letter);
    }
  }

  private void send(Letter letter) {
    if (letter.to() == cast.liar()) {
      return; // it knows anyway
    }
    int copies = 0;
    int onLink = 1;
    for (int i = 0; i < letters(); i++) {
      Letter other = letter(i);
      copies += other.id() == letter.id() ? 1 : 0;
      onLink += other.from() == letter.from() && other.to() == letter.to() ? 1 : 0;
    }
    if (copies < world.network().copiesMax()) {
      numbers[length++] = letter.id();
      isCrowded |= onLink > world.network().linkMax();
    }
  }

  /** Time passes, and everybody who is up ticks. */
  void tick() {
    if (cast.span().isTimed()) {
      count(Count.TICKS, count(Count.TICKS) + 1);
    }
    for (int i = 0; i < replicas; i++) {
      if (cast.isCorrect(i) && local(i).outlook().isUp()) {
        step(i, Post.TICK);
      }
    }
  }

  /** A key of this state: equal for equal states, however their letters lie in memory. */
  long key() {
    long counts = (long) numbers[replicas + 1] << Integer.SIZE | (numbers[replicas] & FIELDS);
    long sum = Mixing.mix(counts, replicas);
    for (int i = 0; i < replicas; i++) {
      sum += Mixing.mix((long) (i + 1) << Integer.SIZE | numbers[i]);
    }
    for (int i = firstLetter; i < length; i++) {
      sum += Mixing.mix(-1L - numbers[i]);
    }
    return Mixing.mix(sum);
  }
}
