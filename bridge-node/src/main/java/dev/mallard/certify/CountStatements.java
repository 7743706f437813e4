package dev.mallard.certify;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a replica that attests one count under two bundle numbers ([CERT-3]): such statements do
 * not meet at a bundle. Of each replica the last few are remembered that do not fit a bundle built
 * here; those that fit are with the bundle.
 */
final class CountStatements {
  /** Of one replica; a liar can make no more of them be kept. */
  static final int REMEMBERED_MAX = 16;

  private static final class Recent extends LinkedHashMap<Long, SignedAttestation> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, SignedAttestation> eldest) {
      return size() > REMEMBERED_MAX;
    }
  }

  private final Map<Long, Long> builtSequences = new HashMap<>();
  private final Map<Integer, Recent> odd = new HashMap<>();
  private final BitSet convicted = new BitSet();

  /** A bundle was built here. */
  void onBuilt(Attestation own) {
    builtSequences.put(own.count(), own.sequence());
  }

  /** A bundle is forgotten. */
  void onDropped(Attestation own) {
    builtSequences.remove(own.count());
  }

  /** The number of the bundle that was built here up to this count, if it is another one. */
  Optional<Long> otherSequence(Attestation theirs) {
    return Optional.ofNullable(builtSequences.get(theirs.count()))
        .filter(built -> built != theirs.sequence());
  }

  /** What the replica said of the count before under another number, where no bundle knows it. */
  Optional<SignedAttestation> saidBefore(int replica, Attestation theirs) {
    @Nullable Recent recent = odd.get(replica);
    return recent == null
        ? Optional.empty()
        : Optional.ofNullable(recent.get(theirs.count()))
            .filter(before -> before.attestation().sequence() != theirs.sequence());
  }

  /** Remembers a statement that does not fit a bundle built here, or not yet. */
  void remember(int replica, SignedAttestation signed) {
    Attestation said = signed.attestation();
    Long built = builtSequences.get(said.count());
    if (built == null || built != said.sequence()) {
      odd.computeIfAbsent(replica, any -> new Recent()).putIfAbsent(said.count(), signed);
    }
  }

  /** One piece of evidence a replica is enough: a liar may not fill the disk with it. */
  boolean isNewlyConvicted(int replica) {
    boolean isNew = !convicted.get(replica);
    convicted.set(replica);
    return isNew;
  }
}
