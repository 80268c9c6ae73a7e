package io.trigrun.internal;

import io.trigrun.Cursor;
import io.trigrun.Page;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.Expiry;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.WriteSet;
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

  void forget(Instant now) {
    forget(Expiry.IDEMPOTENCY_KEYS, now);
  }

  /** Lists are ordered by creation, newest first: all that is too old follows one place. */
  private void forget(Expiry expiry, Instant now) {
    DefinitionQuery query =
        DefinitionQuery.ofAllWorkspaces(expiry.kind())
            .after(new Cursor(now.minus(expiry.age()), GREATEST))
            .limit(BATCH);
    Page<Definition> page;
    do {
      page = store.listDefinitions(query);
      page.items().forEach(this::delete);
      query = page.next().map(query::after).orElse(query);
    } while (page.next().isPresent());
  }

  /** Another node may be faster, which is as good. */
  private void delete(Definition old) {
    store.write(
        new WriteSet(
            List.of(), List.of(new DefinitionWrite.Delete(old.id(), old.version())), List.of()));
  }
}
