package dev.mallard.testnet.sim;

import dev.mallard.chain.Delivery;
import dev.mallard.store.RecoveredDestination;
import dev.mallard.store.RecoveredSource;

/**
 * A crash between the sending of a transaction and the news of it is no reason to pay twice
 * ([DLV-2]): whoever starts again does not know what it has sent, so what was due before waits for
 * T blocks, in which a transaction that is out gets executed. Once the Inbox has moved the rest is
 * new business; an RPC that is wrong, or a chain that takes blocks back, may show an older one.
 */
final class SubmissionCheck implements Checker {
  /** What one replica sent, and how its present life began. */
  private static final class Account {
    long sentEarlier;
    long sent;
    long startBlock;
    long acceptedAtStart;
  }

  private final World world;
  private final Account[] accounts;

  SubmissionCheck(World world) {
    this.world = world;
    this.accounts = new Account[world.plan().nodes()];
    for (int node = 0; node < accounts.length; node++) {
      accounts[node] = new Account();
    }
  }

  @Override
  public void onStart(
      SimReplica replica, RecoveredSource source, RecoveredDestination destination) {
    Account account = accounts[replica.node()];
    account.sentEarlier = account.sent;
    account.startBlock = latestBlock(replica);
    account.acceptedAtStart = accepted(replica);
  }

  @Override
  public void onSubmitted(SimReplica replica, Delivery delivery) {
    Account account = accounts[replica.node()];
    account.sent = Math.max(account.sent, delivery.lastIndex());
    boolean isOldBusiness =
        delivery.firstIndex() <= account.sentEarlier
            && accepted(replica) == account.acceptedAtStart
            && isChainTrue(replica);
    if (isOldBusiness) {
      long waited = latestBlock(replica) - account.startBlock;
      world
          .coverage()
          .check(
              Clause.DLV_2,
              waited >= world.plan().takeoverBlocks(),
              () ->
                  replica.name()
                      + " had sent entries up to "
                      + account.sentEarlier
                      + " before it was killed, and sends them again "
                      + waited
                      + " blocks after its start");
    }
  }

  private long latestBlock(SimReplica replica) {
    return world.chain(replica.side()).heads().latest().ref().number();
  }

  private long accepted(SimReplica replica) {
    return world.chain(replica.side()).inboxLatest().sequence();
  }

  private boolean isChainTrue(SimReplica replica) {
    return world.plan().sides().get(replica.side()).chain().reorgPerMille() == 0
        && world.plan().faults().stream()
            .noneMatch(fault -> fault instanceof Fault.Rpc rpc && rpc.node() == replica.node());
  }
}
