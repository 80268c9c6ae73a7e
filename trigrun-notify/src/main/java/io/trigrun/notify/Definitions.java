package io.trigrun.notify;

import io.trigrun.Page;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reading definitions. */
final class Definitions {

  private Definitions() {}

  /** All pages of a query. */
  static List<Definition> all(JobStore store, DefinitionQuery query) {
    List<Definition> all = new ArrayList<>();
    Page<Definition> page = store.listDefinitions(query.limit(1_000));
    all.addAll(page.items());
    while (page.next().isPresent()) {
      page = store.listDefinitions(query.limit(1_000).after(page.next().get()));
      all.addAll(page.items());
    }
    return all;
  }

  static Optional<Definition> find(JobStore store, UUID id, String kind) {
    return store.findDefinitions(List.of(id)).stream()
        .filter(definition -> definition.kind().equals(kind))
        .findFirst();
  }
}
