package io.trigrun.spi;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who listen to one instance of a store: for stores to build upon. Thread-safe. */
public final class DueListeners {

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.store");

  /** Each subscription is its own, even if the listener is the same. */
  private record Entry(DueListener listener, Object identity) {}

  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  /** Nobody listens yet. */
  public DueListeners() {}

  /** As {@link JobStore#subscribe}. */
  public Subscription subscribe(DueListener listener) {
    Entry entry = new Entry(listener, new Object());
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  /** Whether nobody would hear it. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Tells all, whatever one of them throws. To be called after the commit, without a lock. */
  public void tell(Instant earliest) {
    for (Entry entry : entries) {
      try {
        entry.listener().mayBeDue(earliest);
      } catch (RuntimeException e) {
        LOG.warn("Somebody who listens for due work threw", e);
      }
    }
  }
}
