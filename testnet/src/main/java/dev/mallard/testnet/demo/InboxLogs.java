package dev.mallard.testnet.demo;

import dev.mallard.chain.Outcome;
import dev.mallard.testnet.demo.StreamEvidence.DeliveryTransaction;
import dev.mallard.testnet.demo.StreamEvidence.Execution;
import dev.mallard.testnet.localnet.ChainClient;
import dev.mallard.testnet.localnet.NetworkState;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.web3j.abi.EventEncoder;
import org.web3j.crypto.Hash;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** What Outbox and Inbox of one chain have recorded, read from its logs and blocks. */
final class InboxLogs {
  private static final String SENT =
      EventEncoder.buildEventSignature(
          "Sent(uint64,uint64,address,address,uint32,uint8,uint64,uint96,bytes,bytes32)");
  private static final String DELIVERED =
      EventEncoder.buildEventSignature(
          "Delivered(uint64,uint64,uint64,uint64,bytes32,address,address,bytes)");
  private static final String REFUND_NOTIFIED =
      EventEncoder.buildEventSignature("RefundNotified(uint64,uint64,uint8,bool)");
  private static final String DELIVER =
      Hash.sha3String(
              "deliver(uint64,(uint64,address,address,uint32,uint8,uint64,uint96,bytes)[],"
                  + "(uint64,uint64,bytes32,bytes,bytes),address)")
          .substring(0, 10);

  private final ChainClient chain;
  private final NetworkState.Contracts contracts;

  InboxLogs(ChainClient chain, NetworkState.Contracts contracts) {
    this.chain = chain;
    this.contracts = contracts;
  }

  /** Entries that left for a chain. */
  List<Long> sent(long destination) throws IOException {
    List<Long> indexes = new ArrayList<>();
    for (Log log : chain.logs(contracts.outbox(), SENT, contracts.deploymentBlock())) {
      if (topic(log, 1) == destination) {
        indexes.add(topic(log, 2));
      }
    }
    return indexes;
  }

  /** The entry that a transaction sent. */
  long sentIndex(TransactionReceipt receipt) throws IOException {
    for (Log log : receipt.getLogs()) {
      if (log.getAddress().equalsIgnoreCase(contracts.outbox())
          && log.getTopics().getFirst().equals(SENT)) {
        return topic(log, 2);
      }
    }
    throw new IOException("transaction " + receipt.getTransactionHash() + " sent no entry");
  }

  /** Entries that came from a chain. */
  List<Execution> executions(long source) throws IOException {
    List<Execution> executions = new ArrayList<>();
    for (Log log : chain.logs(contracts.inbox(), DELIVERED, contracts.deploymentBlock())) {
      if (topic(log, 1) == source) {
        AbiWords data = AbiWords.of(log.getData());
        long index = data.number(0);
        for (byte outcome : data.bytes(6)) {
          executions.add(new Execution(index++, Outcome.ofCode(outcome)));
        }
      }
    }
    return executions;
  }

  /** Entries sent to a chain that were not executed there and whose sender took note of it. */
  Set<Long> refunded(long destination) throws IOException {
    Set<Long> indexes = new HashSet<>();
    for (Log log : chain.logs(contracts.inbox(), REFUND_NOTIFIED, contracts.deploymentBlock())) {
      if (topic(log, 1) == destination && AbiWords.of(log.getData()).number(1) == 1) {
        indexes.add(topic(log, 2));
      }
    }
    return indexes;
  }

  /** Every transaction that called the Inbox with entries from a chain. */
  List<DeliveryTransaction> deliveries(long source) throws IOException {
    List<DeliveryTransaction> deliveries = new ArrayList<>();
    long newest = chain.latestBlock();
    for (long number = contracts.deploymentBlock(); number <= newest; number++) {
      EthBlock.Block block = chain.block(number);
      for (EthBlock.TransactionResult<?> result : block.getTransactions()) {
        if (result.get() instanceof EthBlock.TransactionObject transaction
            && contracts.inbox().equalsIgnoreCase(transaction.getTo())
            && transaction.getInput().startsWith(DELIVER)) {
          DeliveryTransaction delivery = delivery(block, transaction);
          if (source == arguments(transaction).number(0)) {
            deliveries.add(delivery);
          }
        }
      }
    }
    return deliveries;
  }

  private static AbiWords arguments(EthBlock.TransactionObject transaction) {
    return AbiWords.of(transaction.getInput().substring(DELIVER.length()));
  }

  private DeliveryTransaction delivery(EthBlock.Block block, EthBlock.TransactionObject transaction)
      throws IOException {
    AbiWords arguments = arguments(transaction);
    // Entry[] is the second argument: its length, the place of each entry, the entries; an entry
    // begins with its index.
    int entries = arguments.place(1);
    long count = arguments.number(entries);
    int first = entries + 1 + arguments.place(entries + 1);
    long firstIndex = count == 0 ? 0 : arguments.number(first);
    TransactionReceipt receipt =
        chain
            .receipt(transaction.getHash())
            .orElseThrow(() -> new IOException("no receipt of " + transaction.getHash()));
    return new DeliveryTransaction(
        transaction.getHash(),
        block.getNumber().longValueExact(),
        block.getTimestamp().longValueExact(),
        transaction.getFrom(),
        receipt.isStatusOK(),
        firstIndex,
        firstIndex + count - 1);
  }

  private static long topic(Log log, int place) {
    return new BigInteger(log.getTopics().get(place).substring(2), 16).longValueExact();
  }
}
