package dev.mallard.certify;

import dev.mallard.c3b.PeerFault;
import dev.mallard.c3b.stream.CertifiedBundle;
import dev.mallard.chain.OutboxEntry;
import java.util.List;

/** What the verifier found of an offered bundle ([RECV-1]). */
public sealed interface BundleVerdict {
  /**
   * All checks passed.
   *
   * @param entries decoded on the way
   */
  record Verified(CertifiedBundle bundle, List<OutboxEntry> entries) implements BundleVerdict {
    public Verified {
      entries = List.copyOf(entries);
    }
  }

  /** The first check that failed. */
  record Refused(PeerFault fault) implements BundleVerdict {}
}
