package io.trigrun.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.Page;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.JobStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /**
   * The id of what is kept beside another definition, one of its kind. Follows from its id, so that
   * both are read in one call.
   */
  static UUID idBeside(UUID owner, String kind) {
    return UUID.nameUUIDFromBytes(("trigrun/" + kind + "/" + owner).getBytes(UTF_8));
  }

  /** What is kept beside another definition: the only one of its kind, and goes with it. */
  static Definition beside(
      Definition owner, String kind, long version, Instant now, String document) {
    UUID id = idBeside(owner.id(), kind);
    return new Definition(
        id,
        owner.workspace(),
        kind,
        id.toString(),
        Optional.of(owner.id()),
        Optional.empty(),
        Set.of(),
        true,
        version,
        now,
        now,
        document);
  }

  static Optional<Definition> find(JobStore store, UUID id, String kind) {
    return store.findDefinitions(List.of(id)).stream()
        .filter(definition -> definition.kind().equals(kind))
        .findFirst();
  }
}
