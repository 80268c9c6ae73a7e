package io.trigrun.internal;

import io.trigrun.Cursor;
import io.trigrun.Page;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.Expiry;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.WriteSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Forgets what is only of use for a while, all of it that is old enough. */
final class ExpiredDefinitions {

  private static final int BATCH = 300;
  private static final UUID GREATEST = new UUID(-1, -1);

  private final JobStore store;

  ExpiredDefinitions(JobStore store) {
    this.store = store;
  }

  /** What comes between two batches: a rest, or the end. */
  @FunctionalInterface
  interface Between {
    /** Returns whether to go on. */
    boolean batches(Duration last) throws InterruptedException;
  }

  void forget(Instant now, Between between) throws InterruptedException {
    forget(Expiry.IDEMPOTENCY_KEYS, now, between);
  }

  /** Lists are ordered by creation, newest first: all that is too old follows one place. */
  private void forget(Expiry expiry, Instant now, Between between) throws InterruptedException {
    DefinitionQuery query =
        DefinitionQuery.ofAllWorkspaces(expiry.kind())
            .after(new Cursor(now.minus(expiry.age()), GREATEST))
            .limit(BATCH);
    Page<Definition> page;
    boolean goesOn;
    do {
      long since = System.nanoTime();
      page = store.listDefinitions(query);
      delete(page.items());
      query = page.next().map(query::after).orElse(query);
      goesOn =
          page.next().isPresent() && between.batches(Duration.ofNanos(System.nanoTime() - since));
    } while (goesOn);
  }

  /** In one write. Another node may be faster; what is left of the batch then is for later. */
  private void delete(List<Definition> old) {
    List<DefinitionWrite> deletes =
        old.stream()
            .<DefinitionWrite>map(one -> new DefinitionWrite.Delete(one.id(), one.version()))
            .toList();
    if (!deletes.isEmpty()) {
      store.write(new WriteSet(List.of(), deletes, List.of()));
    }
  }
}
