package dev.mallard.chain.evm;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Hash32;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.tuweni.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/**
 * The account that pays, shared by all streams into one chain: it signs, and it knows which nonces
 * are in use. The chain's count is the truth; the memory of the last accepted nonce only bridges
 * the moment until the chain's pending count shows it. Submitters lock it while they choose a nonce
 * and send.
 */
final class SenderAccount {
  private static final int HALF = 32;
  private static final int V_EVEN = 27;

  private final long chainId;
  private final TransactionSigner signer;
  private final Map<Object, Long> inFlight = new HashMap<>();
  private @Nullable Accepted last;

  SenderAccount(long chainId, TransactionSigner signer) {
    this.chainId = chainId;
    this.signer = signer;
  }

  /** A transaction that a pool took. */
  record Accepted(Hash32 transaction, long nonce) {}

  /**
   * A transaction ready to go.
   *
   * @param raw hex, as eth_sendRawTransaction takes it
   */
  record Signed(String raw, Hash32 hash, long nonce, Fees fees) {}

  BridgeAddress address() {
    return signer.address();
  }

  Signed sign(BridgeAddress to, String data, long nonce, long gas, Fees fees) {
    RawTransaction transaction =
        RawTransaction.createTransaction(
            chainId,
            BigInteger.valueOf(nonce),
            BigInteger.valueOf(gas),
            to.toHex(),
            BigInteger.ZERO,
            data,
            fees.priorityFee(),
            fees.feePerGas());
    byte[] digest = Hash.sha3(TransactionEncoder.encode(transaction));
    byte[] raw = TransactionEncoder.encode(transaction, signature(Hash32.of(digest)));
    return new Signed(Numeric.toHexString(raw), Hash32.of(Hash.sha3(raw)), nonce, fees);
  }

  private Sign.SignatureData signature(Hash32 digest) {
    Bytes compact = signer.sign(digest);
    byte[] s = compact.slice(HALF, HALF).toArray();
    byte v = (byte) (V_EVEN + ((s[0] & 0x80) >>> 7));
    s[0] &= 0x7f;
    return new Sign.SignatureData(v, compact.slice(0, HALF).toArray(), s);
  }

  /** The transaction to ask about before the next nonce is chosen. */
  synchronized Optional<Accepted> last() {
    return Optional.ofNullable(last);
  }

  /**
   * The nonce to use next.
   *
   * @param pendingCount what the chain says
   * @param lastIsKnown the chain's pool or a block still has {@link #last}
   */
  synchronized long nextNonce(long pendingCount, boolean lastIsKnown) {
    return last != null && lastIsKnown ? Math.max(pendingCount, last.nonce() + 1) : pendingCount;
  }

  /** A pool took it on behalf of {@code owner}. */
  synchronized void onAccepted(Object owner, Signed signed) {
    inFlight.put(owner, signed.nonce());
    if (last == null || signed.nonce() >= last.nonce()) {
      last = new Accepted(signed.hash(), signed.nonce());
    }
  }

  /** The owner's transaction is mined or gone; {@code doubt}: believe only the chain from here. */
  synchronized void onEnded(Object owner, boolean doubt) {
    inFlight.remove(owner);
    last = doubt ? null : last;
  }

  /** Whether one of the streams waits for that nonce itself. */
  synchronized boolean isInFlight(long nonce) {
    return inFlight.containsValue(nonce);
  }

  /** The nonce that {@code owner} waits for. */
  synchronized OptionalLong inFlight(Object owner) {
    Long nonce = inFlight.get(owner);
    return nonce == null ? OptionalLong.empty() : OptionalLong.of(nonce);
  }
}
