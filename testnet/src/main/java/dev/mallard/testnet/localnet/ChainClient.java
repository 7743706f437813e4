package dev.mallard.testnet.localnet;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Type;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.utils.Numeric;

/**
 * A test chain as its users see it: transactions, calls, logs. Trusts the chain, which is this
 * machine's own.
 */
public final class ChainClient implements AutoCloseable {
  private static final BigInteger TIP_WEI = BigInteger.valueOf(1_000_000_000L);
  private static final BigInteger FEE_WEI_MAX = BigInteger.valueOf(50_000_000_000L);
  private static final long DEPLOYMENT_GAS = 10_000_000;
  private static final long CALL_GAS = 5_000_000;
  private static final Duration RECEIPT_PATIENCE = Duration.ofSeconds(20);

  private final long chainId;
  private final Web3j web3j;

  private ChainClient(long chainId, Web3j web3j) {
    this.chainId = chainId;
    this.web3j = web3j;
  }

  /** The chain at an RPC address. */
  public static ChainClient open(long chainId, String rpcUrl) {
    return new ChainClient(chainId, Web3j.build(new HttpService(rpcUrl)));
  }

  /** For generated wrappers. */
  public Web3j web3j() {
    return web3j;
  }

  /** Its id. */
  public long chainId() {
    return chainId;
  }

  /** The next nonce of an account, with what waits in the pool. */
  public BigInteger nonce(String address) throws IOException {
    return ok(web3j.ethGetTransactionCount(address, DefaultBlockParameterName.PENDING).send())
        .getTransactionCount();
  }

  /** Sends a transaction and does not wait for it; its hash. */
  public String send(Wallet from, String to, BigInteger valueWei, String data, long gas)
      throws IOException {
    RawTransaction transaction =
        RawTransaction.createTransaction(
            chainId,
            from.nonce(),
            BigInteger.valueOf(gas),
            to,
            valueWei,
            data,
            TIP_WEI,
            FEE_WEI_MAX);
    byte[] signed = TransactionEncoder.signMessage(transaction, from.credentials());
    String hash =
        ok(web3j.ethSendRawTransaction(Numeric.toHexString(signed)).send()).getTransactionHash();
    from.onSent();
    return hash;
  }

  /** Deploys a contract and waits until it is there; its address. */
  @SuppressWarnings("rawtypes") // web3j's encoder takes raw types
  public String deploy(Wallet from, String binary, List<Type> arguments) throws IOException {
    String code = binary + FunctionEncoder.encodeConstructor(arguments);
    TransactionReceipt receipt =
        awaitReceipt(send(from, "", BigInteger.ZERO, code, DEPLOYMENT_GAS));
    return receipt.getContractAddress();
  }

  /** Calls a contract and waits until it is done. */
  public TransactionReceipt transact(Wallet from, String to, BigInteger valueWei, String data)
      throws IOException {
    return awaitReceipt(send(from, to, valueWei, data, CALL_GAS));
  }

  /** For generated wrappers, which then encode and read but don't send. */
  public TransactionManager reader() {
    return new ReadonlyTransactionManager(web3j, "0x0000000000000000000000000000000000000001");
  }

  /** The receipt, if the transaction is in a block. */
  public Optional<TransactionReceipt> receipt(String hash) throws IOException {
    return ok(web3j.ethGetTransactionReceipt(hash).send()).getTransactionReceipt();
  }

  /** Waits until a transaction is in a block; IOException if it is not in time, or reverted. */
  public TransactionReceipt awaitReceipt(String hash) throws IOException {
    Optional<TransactionReceipt> found = receipt(hash);
    long deadline = System.nanoTime() + RECEIPT_PATIENCE.toNanos();
    while (found.isEmpty()) {
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        throw new IOException("chain " + chainId + ": no block took transaction " + hash);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      found = receipt(hash);
    }
    if (!found.get().isStatusOK()) {
      throw new IOException(
          "chain " + chainId + ": transaction " + hash + " reverted: " + revertReason(hash));
    }
    return found.get();
  }

  private String revertReason(String hash) throws IOException {
    var transaction = ok(web3j.ethGetTransactionByHash(hash).send()).getTransaction();
    if (transaction.isEmpty()) {
      return "unknown";
    }
    var sent = transaction.get();
    Transaction again =
        new Transaction(
            sent.getFrom(),
            null,
            null,
            sent.getGas(),
            sent.getTo(),
            sent.getValue(),
            sent.getInput());
    var answer = web3j.ethCall(again, DefaultBlockParameter.valueOf(sent.getBlockNumber())).send();
    return answer.hasError()
        ? answer.getError().getMessage() + " " + answer.getError().getData()
        : String.valueOf(answer.getRevertReason());
  }

  /** Calls a view function in the newest block. */
  public String call(String to, String data) throws IOException {
    Transaction call =
        Transaction.createEthCallTransaction(
            "0x0000000000000000000000000000000000000000", to, data);
    return ok(web3j.ethCall(call, DefaultBlockParameterName.LATEST).send()).getValue();
  }

  /** Wei of an account in the newest block. */
  public BigInteger balance(String address) throws IOException {
    return ok(web3j.ethGetBalance(address, DefaultBlockParameterName.LATEST).send()).getBalance();
  }

  /** Number of the newest block. */
  public long latestBlock() throws IOException {
    return ok(web3j.ethBlockNumber().send()).getBlockNumber().longValueExact();
  }

  /** A block with its transactions. */
  public EthBlock.Block block(long number) throws IOException {
    return ok(web3j
            .ethGetBlockByNumber(DefaultBlockParameter.valueOf(BigInteger.valueOf(number)), true)
            .send())
        .getBlock();
  }

  /** All logs of a contract with a first topic, in order. */
  public List<Log> logs(String contract, String topic, long fromBlock) throws IOException {
    EthFilter filter =
        new EthFilter(
            DefaultBlockParameter.valueOf(BigInteger.valueOf(fromBlock)),
            DefaultBlockParameterName.LATEST,
            contract);
    filter.addSingleTopic(topic);
    return ok(web3j.ethGetLogs(filter).send()).getLogs().stream()
        .map(result -> ((EthLog.LogObject) result).get())
        .toList();
  }

  @Override
  public void close() {
    web3j.shutdown();
  }

  private <T extends Response<?>> T ok(T answer) throws IOException {
    if (answer.hasError()) {
      throw new IOException("chain " + chainId + " refused: " + answer.getError().getMessage());
    }
    return answer;
  }
}
