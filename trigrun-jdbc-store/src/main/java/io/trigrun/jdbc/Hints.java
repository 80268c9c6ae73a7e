package io.trigrun.jdbc;

import io.trigrun.jdbc.dialect.Dialect;
import io.trigrun.spi.DueListener;
import io.trigrun.spi.DueListeners;
import io.trigrun.spi.Subscription;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * Tells nodes of what is stored: those that listen to this very store at once, others through the
 * database where that is possible.
 */
final class Hints implements AutoCloseable {

  /** The way through the database. */
  private record Network(String self, HintSender sender, HintReceiver receiver) {}

  private final DueListeners listeners;
  private final Optional<Network> network;

  private Hints(DueListeners listeners, Optional<Network> network) {
    this.listeners = listeners;
    this.network = network;
  }

  /** Nobody outside is told. */
  static Hints withinProcess() {
    return new Hints(new DueListeners(), Optional.empty());
  }

  static Hints throughDatabase(DataSource dataSource, Dialect dialect, TableNames names) {
    DueListeners listeners = new DueListeners();
    String self = UUID.randomUUID().toString();
    return new Hints(
        listeners,
        Optional.of(
            new Network(
                self,
                new HintSender(self, dataSource, dialect, names),
                new HintReceiver(self, dataSource, dialect, names, listeners))));
  }

  Subscription subscribe(DueListener listener) {
    Subscription subscription = listeners.subscribe(listener);
    network.ifPresent(way -> way.receiver().acquire());
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      subscription.close();
      if (open.getAndSet(false)) {
        network.ifPresent(way -> way.receiver().release());
      }
    };
  }

  /** Tells somebody of this store what is told to nodes, but asks nobody outside for it. */
  void observe(DueListener observer) {
    Subscription ignored = listeners.subscribe(observer);
  }

  /** Something was stored and is committed. */
  void stored(Instant due) {
    listeners.tell(due);
    network.ifPresent(way -> way.sender().tell(due));
  }

  /**
   * Something was stored in a transaction of the host, whose commit tells of it: the only way to
   * learn of that. To the second, so that what one transaction enqueues is told of once.
   */
  void join(Transaction transaction) throws SQLException {
    if (network.isPresent() && transaction.earliestDue().isPresent()) {
      Instant due = transaction.earliestDue().get().truncatedTo(ChronoUnit.SECONDS);
      new Hint(Hint.HOST, due).send(transaction);
    }
  }

  /** Somebody waited for a connection in vain. */
  void nobodyGetsAConnection() {
    network.ifPresent(way -> way.receiver().giveWay());
  }

  /** What is stored already is still told. */
  @Override
  public void close() {
    network.ifPresent(
        way -> {
          way.receiver().close();
          way.sender().close();
        });
  }
}
