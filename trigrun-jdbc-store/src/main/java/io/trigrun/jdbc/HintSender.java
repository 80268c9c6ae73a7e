package io.trigrun.jdbc;

import io.trigrun.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes what the store's own transactions have stored. Not in these transactions: those
 * that notify commit one after another. So a thread that lives while there is something to tell
 * sends the earliest due instant of what was committed since it did so last.
 */
final class HintSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.store");

  /** In the long run one in that time: nodes that have so much to do look often anyway. */
  private static final long SPACING_NANOS = Duration.ofMillis(30).toNanos();

  /** So many at once after a while without any. */
  private static final int BURST = 10;

  private static final long LAST_WORD_SECONDS = 1;

  /** Threads are cheap at this rate, and none outlives what it was for. */
  private static final long IDLE_MILLIS = 5;

  private final String self;
  private final DataSource dataSource;
  private final Dialect dialect;
  private final TableNames names;
  private final ScheduledThreadPoolExecutor thread;
  private final AtomicReference<@Nullable Instant> earliest = new AtomicReference<>();

  /** When the next one may go. Written by whoever finds nothing waiting, so by one at a time. */
  private volatile long nextNanos = System.nanoTime() - BURST * SPACING_NANOS;

  HintSender(String self, DataSource dataSource, Dialect dialect, TableNames names) {
    this.self = self;
    this.dataSource = dataSource;
    this.dialect = dialect;
    this.names = names;
    thread = new ScheduledThreadPoolExecutor(1, HintSender::daemon);
    thread.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "trigrun-notify");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns at once. */
  void tell(Instant due) {
    Instant waiting = earliest.getAndUpdate(one -> one == null || due.isBefore(one) ? due : one);
    if (waiting == null) {
      schedule();
    }
  }

  private void schedule() {
    long now = System.nanoTime();
    long at = nextNanos;
    long oldest = now - BURST * SPACING_NANOS;
    if (at - oldest < 0) {
      at = oldest;
    }
    nextNanos = at + SPACING_NANOS;
    try {
      Future<?> ignored = thread.schedule(this::send, Math.max(0, at - now), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // It is closed, or has no thread to start: others find what was stored at their next poll.
      LOG.debug("Other nodes could not be told of what is due", e);
      earliest.set(null);
    }
  }

  /** A hint that can't be sent is none: others find what was stored at their next poll. */
  private void send() {
    Instant due = earliest.getAndSet(null);
    if (due == null) {
      return;
    }
    try (Connection connection = dataSource.getConnection()) {
      new Hint(self, due).send(new Transaction(connection, dialect, names, false));
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    } catch (SQLException | RuntimeException e) {
      LOG.debug("Other nodes could not be told of what is due", e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST_WORD_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
        thread.awaitTermination(LAST_WORD_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
