package dev.mallard.stake.source;

import dev.mallard.stake.BridgeAddress;
import dev.mallard.stake.Epoch;
import dev.mallard.stake.RsmId;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.EthChainId;
import org.web3j.protocol.http.HttpService;

/**
 * Reads the StakeRegistry contract of an EVM chain, always at a finalized block: what it tells
 * cannot be reorganised away. Answers are decoded strictly ({@code RegistryAnswer}); the table of
 * an epoch never changes on chain, so asking again gives the same.
 */
public final class ContractStakeSource implements StakeSource, AutoCloseable {

  /**
   * Longest answer of the contract that is decoded, in bytes: a full table with the longest
   * endpoints, and room.
   */
  public static final int ANSWER_BYTES_MAX = 4 << 20;

  private static final int EPOCH_BITS = 63;

  private final Web3j web3j;
  private final BridgeAddress contract;
  private final RsmId rsm;

  /**
   * @param web3j a connection to a node of the chain; closed with this
   * @param contract where the StakeRegistry lives
   * @param rsm the chain, whose id must be the chain id that the node reports
   */
  public ContractStakeSource(Web3j web3j, BridgeAddress contract, RsmId rsm) {
    this.web3j = web3j;
    this.contract = contract;
    this.rsm = rsm;
  }

  /** Over HTTP to one node of the chain; to be closed. */
  public static ContractStakeSource connect(URI rpc, BridgeAddress contract, RsmId rsm) {
    return new ContractStakeSource(Web3j.build(new HttpService(rpc.toString())), contract, rsm);
  }

  @Override
  public void close() {
    web3j.shutdown();
  }

  @Override
  public Epoch currentEpoch() throws IOException {
    return epochAt(finalizedBlock());
  }

  @Override
  public Registry registry(Epoch epoch) throws IOException {
    BigInteger block = finalizedBlock();
    Epoch newest = epochAt(block);
    if (epoch.compareTo(newest) > 0) {
      throw new UnknownEpochException(where(block), epoch, newest);
    }
    byte[] bytes =
        call(new Function("table", List.of(new Uint64(epoch.number())), List.of()), block);
    RegistryAnswer answer = decode(bytes, block);
    try {
      return Registry.of(rsm, epoch, answer.entries(), answer.faultModel());
    } catch (IllegalArgumentException unsound) {
      Mistake mistake =
          new Mistake(
              "table(" + epoch + ")",
              String.valueOf(unsound.getMessage()),
              "check the contract's address");
      throw new InvalidStakeTableException(where(block), List.of(mistake));
    }
  }

  private RegistryAnswer decode(byte[] bytes, BigInteger block) throws IOException {
    try {
      return RegistryAnswer.decode(bytes);
    } catch (IOException garbage) {
      throw new IOException(
          where(block) + " answers no stake table: " + garbage.getMessage(), garbage);
    }
  }

  private Epoch epochAt(BigInteger block) throws IOException {
    Function epoch = new Function("epoch", List.of(), List.of());
    BigInteger number = new AbiAnswer(call(epoch, block)).unsigned(0, EPOCH_BITS);
    if (number.signum() == 0) {
      throw new IOException(
          where(block) + " has no epoch yet: register validators and start the first epoch");
    }
    return new Epoch(number.longValueExact());
  }

  private BigInteger finalizedBlock() throws IOException {
    EthChainId chainId = send(web3j.ethChainId());
    if (!BigInteger.valueOf(rsm.value()).equals(chainId.getChainId())) {
      throw new IOException(
          "the RPC serves chain "
              + chainId.getChainId()
              + ", not "
              + rsm
              + ": check the RPC address");
    }
    EthBlock block = send(web3j.ethGetBlockByNumber(DefaultBlockParameterName.FINALIZED, false));
    return Optional.ofNullable(block.getBlock())
        .map(EthBlock.Block::getNumber)
        .orElseThrow(() -> new IOException("chain " + rsm + " reports no finalized block yet"));
  }

  private byte[] call(Function function, BigInteger block) throws IOException {
    Transaction call =
        Transaction.createEthCallTransaction(
            null, contract.toHex(), FunctionEncoder.encode(function));
    EthCall answer = send(web3j.ethCall(call, DefaultBlockParameter.valueOf(block)));
    return bytes(Optional.ofNullable(answer.getValue()).orElse(""), block);
  }

  private byte[] bytes(String hex, BigInteger block) throws IOException {
    if (hex.length() <= 2) {
      throw new IOException(
          where(block)
              + " is no contract: check its address, or wait until its deployment is finalized");
    }
    if (!hex.startsWith("0x") || hex.length() > 2 + 2 * ANSWER_BYTES_MAX) {
      throw new IOException(
          where(block) + " answers " + hex.length() + " characters that are no stake table");
    }
    try {
      return HexFormat.of().parseHex(hex, 2, hex.length());
    } catch (IllegalArgumentException notHex) {
      throw new IOException(where(block) + " answers something that is no hex", notHex);
    }
  }

  /**
   * web3j reports HTTP errors and unreadable JSON as unchecked exceptions; here they are IO like
   * the rest.
   */
  private <T extends Response<?>> T send(Request<?, T> request) throws IOException {
    T response;
    try {
      response = request.send();
    } catch (RuntimeException unreadable) {
      throw new IOException(
          "chain " + rsm + ": " + request.getMethod() + " failed: " + unreadable.getMessage(),
          unreadable);
    }
    if (response.hasError()) {
      throw new IOException(
          "chain "
              + rsm
              + ": "
              + request.getMethod()
              + " failed: "
              + response.getError().getMessage());
    }
    return response;
  }

  private String where(BigInteger block) {
    return "StakeRegistry " + contract + " at block " + block + " of chain " + rsm;
  }
}
