package io.trigrun.internal;

import io.trigrun.QueueBacklog;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is due, by queue: asked of the store at most once in a while, however many gauges want to
 * know, and by one thread at a time.
 */
public final class Backlogs {

  /** How old an answer may be. */
  static final Duration KEPT = Duration.ofSeconds(5);

  private record Answer(Instant at, List<QueueBacklog> backlogs, @Nullable StoreException failure) {

    boolean isFresh(Instant now) {
      return !at.isAfter(now) && now.isBefore(at.plus(KEPT));
    }

    List<QueueBacklog> get() {
      if (failure != null) {
        throw StoreException.unavailable(
            "expected the backlog, the store failed when it was asked at " + at, failure);
      }
      return backlogs;
    }
  }

  private final JobStore store;
  private final Clock clock;
  private final Set<String> queues;
  private final Lock asking = new ReentrantLock();
  private volatile @Nullable Answer last;

  Backlogs(JobStore store, Clock clock, Set<String> queues) {
    this.store = store;
    this.clock = clock;
    this.queues = Set.copyOf(queues);
  }

  /**
   * By the name of the queue; empty if the store can't tell. While somebody asks, others get the
   * answer before, if there is one.
   *
   * @throws StoreException if the store does not work, or did not just now
   */
  public List<QueueBacklog> get() {
    Answer known = last;
    if (known != null && known.isFresh(clock.instant())) {
      return known.get();
    }
    if (known == null) {
      asking.lock();
    } else if (!asking.tryLock()) {
      return known.get();
    }
    try {
      Answer meanwhile = last;
      Answer answer =
          meanwhile != null && meanwhile.isFresh(clock.instant())
              ? meanwhile
              : ask(clock.instant());
      last = answer;
      return answer.get();
    } finally {
      asking.unlock();
    }
  }

  private Answer ask(Instant now) {
    try {
      List<QueueBacklog> backlogs = store.backlog(queues, now, QueueBacklog.MOST);
      return new Answer(
          now, backlogs.stream().sorted(Comparator.comparing(QueueBacklog::queue)).toList(), null);
    } catch (StoreException e) {
      return new Answer(now, List.of(), e);
    }
  }
}
