package io.trigrun.notify;

import io.trigrun.Page;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.JobStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/**
 * What a rule has collected up to an instant.
 *
 * @param oldest the earliest ones, oldest first, as many as one write should take away
 * @param isAll whether there are no others
 */
record DigestItems(List<Definition> oldest, boolean isAll) {

  private static final int MOST = 5_000;
  private static final int PAGE = 1_000;

  static DigestItems of(JobStore store, UUID ruleId, Instant until) {
    DefinitionQuery query =
        DefinitionQuery.ofAllWorkspaces(DigestItem.KIND).ownedBy(ruleId).limit(PAGE);
    Deque<Definition> kept = new ArrayDeque<>();
    boolean isAll = true;
    Page<Definition> page = store.listDefinitions(query);
    while (true) {
      for (Definition item : page.items()) { // newest first
        if (!item.createdAt().isAfter(until)) {
          kept.addLast(item);
        }
      }
      while (kept.size() > MOST) {
        kept.removeFirst();
        isAll = false;
      }
      if (page.next().isEmpty()) {
        break;
      }
      page = store.listDefinitions(query.after(page.next().get()));
    }
    List<Definition> oldest = new ArrayList<>(kept);
    Collections.reverse(oldest);
    return new DigestItems(oldest, isAll);
  }
}
