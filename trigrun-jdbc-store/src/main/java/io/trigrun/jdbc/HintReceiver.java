package io.trigrun.jdbc;

import io.trigrun.jdbc.dialect.Dialect;
import io.trigrun.spi.DueListeners;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what other nodes tell, on a thread and a connection of its own, for as long as somebody
 * wants to know.
 */
final class HintReceiver implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.store");

  /** How long the end of it all may go unnoticed. Nothing can interrupt a wait for the server. */
  private static final int SLICE_MILLIS = 20;

  /** A connection that was lost on the way looks like one on which nothing comes. */
  private static final Duration CHECK = Duration.ofSeconds(30);

  private static final int CHECK_TIMEOUT_SECONDS = 5;
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final String self;
  private final DataSource dataSource;
  private final Dialect dialect;
  private final TableNames names;
  private final DueListeners listeners;

  private int wanted;
  private boolean closed;
  private @Nullable Listening current;
  private volatile boolean impossible;
  private volatile boolean giveWay;

  HintReceiver(
      String self,
      DataSource dataSource,
      Dialect dialect,
      TableNames names,
      DueListeners listeners) {
    this.self = self;
    this.dataSource = dataSource;
    this.dialect = dialect;
    this.names = names;
    this.listeners = listeners;
  }

  /** One more wants to know. */
  synchronized void acquire() {
    wanted++;
    if (current == null && !closed && !impossible) {
      current = new Listening();
      current.start();
    }
  }

  /** One less: the last one waits until the connection is given back. */
  synchronized void release() {
    wanted--;
    if (wanted == 0) {
      end();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    end();
  }

  private void end() {
    if (current != null) {
      current.end();
      current = null;
    }
  }

  /** Somebody got no connection: if it is because this one has it, it goes without for a while. */
  void giveWay() {
    giveWay = true;
  }

  /** From the first who wants to know to the last. */
  private final class Listening extends Thread {

    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean connected;
    private boolean failing;
    private Duration pause = SHORTEST_PAUSE;
    private final ListeningPause pauseForOthers = new ListeningPause();

    Listening() {
      super("trigrun-listen");
      setDaemon(true);
    }

    void end() {
      end.countDown();
      if (Thread.currentThread() == this) {
        return;
      }
      if (!connected) {
        interrupt(); // it may wait for a connection of an exhausted pool
      }
      try {
        join(FAREWELL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private boolean isWanted() {
      return end.getCount() > 0;
    }

    @Override
    public void run() {
      try {
        do {
          listen();
        } while (!impossible && !end.await(pause.toMillis(), TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        // That is the end, too.
      }
    }

    private void listen() {
      try (Connection connection = dataSource.getConnection()) {
        connected = true;
        Optional<Notifications> notifications = Notifications.of(connection);
        if (notifications.isPresent()) {
          listen(connection, notifications.get());
        } else {
          impossible = true;
          LOG.info(
              "Expected a connection of org.postgresql, got {}: nodes learn of what others store"
                  + " by polling",
              connection.getClass().getName());
        }
      } catch (SQLException | RuntimeException e) {
        failed(e);
      } finally {
        connected = false;
      }
    }

    private void failed(Exception cause) {
      if (isWanted() && !failing) {
        failing = true;
        LOG.info(
            "Nodes learn of what others store by polling, until notifications come again", cause);
      }
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    private void listen(Connection connection, Notifications notifications) throws SQLException {
      boolean autoCommit = connection.getAutoCommit();
      if (!autoCommit) {
        connection.setAutoCommit(true);
      }
      try {
        Hint.listen(new Transaction(connection, dialect, names, false));
        begun();
        hear(connection, notifications);
      } finally {
        giveBack(connection, autoCommit);
      }
    }

    /** What was told before is lost, so there may be something due. */
    private void begun() {
      pause = SHORTEST_PAUSE;
      giveWay = false;
      if (failing) {
        failing = false;
        LOG.info("Notifications of what other nodes store come again");
      }
      listeners.tell(Instant.EPOCH);
    }

    private void hear(Connection connection, Notifications notifications) throws SQLException {
      long began = System.nanoTime();
      long checkedNanos = began;
      while (isWanted()) {
        for (String payload : notifications.await(SLICE_MILLIS)) {
          Hint.of(payload)
              .filter(hint -> !hint.sender().equals(self))
              .ifPresent(hint -> listeners.tell(hint.due()));
        }
        boolean mayHaveToGiveWay = giveWay;
        if (mayHaveToGiveWay || System.nanoTime() - checkedNanos > CHECK.toNanos()) {
          if (!connection.isValid(CHECK_TIMEOUT_SECONDS)) {
            throw new SQLException(
                "expected the listening connection to work, it is broken", "08006");
          }
          checkedNanos = System.nanoTime();
        }
        if (mayHaveToGiveWay) {
          pause = pauseForOthers.after(Duration.ofNanos(System.nanoTime() - began));
          tell(pause);
          return;
        }
      }
    }

    private void tell(Duration wait) {
      if (pauseForOthers.isNews()) {
        LOG.warn(
            "The data source had no connection to spare: nodes learn of what others store by"
                + " polling for {} min, and longer each time that happens again, up to {} min."
                + " Fix: allow one more connection, or build the store with listen(false)",
            wait.toMinutes(),
            ListeningPause.LONGEST.toMinutes());
      } else {
        LOG.debug("The data source had no connection to spare: polling for {}", wait);
      }
    }

    /** Through the pool's own connection, so that a pool learns that it is broken. */
    private void giveBack(Connection connection, boolean autoCommit) {
      try {
        new Transaction(connection, dialect, names, false)
            .execute("UNLISTEN *", Transaction.Binding.NONE);
        if (!autoCommit) {
          connection.setAutoCommit(false);
        }
      } catch (SQLException | RuntimeException ignored) {
        // The failure that led here says more, and the pool has heard of it.
      }
    }
  }
}
