package io.trigrun.memory;

import io.trigrun.Cursor;
import io.trigrun.Page;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Conflict.Reason;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.DefinitionWrite;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** All definitions, with their handles. Callers hold the store's lock. */
final class DefinitionTable {

  private record Name(String workspace, String kind, String name) {}

  private record Key(String kind, String lookupKey) {}

  private record Tally(String workspace, String kind) {}

  static final Comparator<Definition> NEWEST_FIRST =
      Comparator.comparing(Definition::createdAt)
          .thenComparing(Definition::id, Order.UNSIGNED)
          .reversed();

  private final Map<UUID, Definition> byId = new HashMap<>();
  private final Map<Name, UUID> byName = new HashMap<>();
  private final Map<Key, UUID> byKey = new HashMap<>();
  private final Map<Tally, Integer> counts = new HashMap<>();
  private final Map<UUID, Set<UUID>> parts = new HashMap<>();
  private final Map<UUID, Set<UUID>> referrers = new HashMap<>();
  private long revision;

  long revision() {
    return revision;
  }

  /** Writes all of them, or none and says why. */
  Optional<Conflict> write(List<DefinitionWrite> writes) {
    if (writes.isEmpty()) {
      return Optional.empty();
    }
    Deque<Runnable> undo = new ArrayDeque<>();
    for (DefinitionWrite write : writes) {
      Optional<Conflict> conflict =
          write instanceof DefinitionWrite.Save save
              ? save(save.definition(), undo)
              : delete((DefinitionWrite.Delete) write, undo);
      if (conflict.isPresent()) {
        undo.forEach(Runnable::run);
        return conflict;
      }
    }
    Optional<Conflict> excess = excess(writes);
    if (excess.isPresent()) {
      undo.forEach(Runnable::run);
    }
    return excess;
  }

  private Optional<Conflict> excess(List<DefinitionWrite> writes) {
    for (DefinitionWrite write : writes) {
      if (write instanceof DefinitionWrite.Save save
          && save.isLimited()
          && counts.getOrDefault(tally(save.definition()), 0) > save.most()) {
        return conflict(save.id(), Reason.LIMIT_REACHED);
      }
    }
    return Optional.empty();
  }

  private Optional<Conflict> save(Definition wanted, Deque<Runnable> undo) {
    Definition before = byId.get(wanted.id());
    Definition definition = before == null ? wanted : createdAt(before.createdAt(), wanted);
    long current = before == null ? 0 : before.version();
    if (definition.version() != current + 1) {
      return conflict(definition.id(), Reason.VERSION);
    }
    UUID holder = byName.get(name(definition));
    if (holder != null && !holder.equals(definition.id())) {
      return conflict(definition.id(), Reason.NAME_TAKEN, holder);
    }
    UUID keyHolder =
        definition.lookupKey().map(key -> byKey.get(new Key(definition.kind(), key))).orElse(null);
    if (keyHolder != null && !keyHolder.equals(definition.id())) {
      return conflict(definition.id(), Reason.KEY_TAKEN, keyHolder);
    }
    List<UUID> missing =
        Stream.concat(definition.owner().stream(), definition.references().stream())
            .filter(id -> !isIn(definition.workspace(), id))
            .sorted(Order.UNSIGNED)
            .toList();
    if (!missing.isEmpty()) {
      return Optional.of(new Conflict(definition.id(), Reason.REFERENCE_MISSING, missing));
    }
    if (before != null) {
      remove(before);
      undo.push(() -> add(before));
    }
    add(definition);
    undo.push(() -> remove(definition));
    raiseRevision(definition, undo);
    return Optional.empty();
  }

  private boolean isIn(String workspace, UUID id) {
    Definition definition = byId.get(id);
    return definition != null && definition.workspace().equals(workspace);
  }

  private Optional<Conflict> delete(DefinitionWrite.Delete delete, Deque<Runnable> undo) {
    Definition root = byId.get(delete.id());
    if (root == null || root.version() != delete.version()) {
      return conflict(delete.id(), Reason.VERSION);
    }
    List<Definition> doomed = withParts(root);
    Set<UUID> ids = new HashSet<>();
    doomed.forEach(definition -> ids.add(definition.id()));
    UUID[] outside =
        ids.stream()
            .flatMap(id -> referrers.getOrDefault(id, Set.of()).stream())
            .filter(id -> !ids.contains(id))
            .distinct()
            .sorted(Order.UNSIGNED)
            .toArray(UUID[]::new);
    if (outside.length > 0) {
      return conflict(delete.id(), Reason.REFERENCED, outside);
    }
    for (Definition definition : doomed) {
      remove(definition);
      undo.push(() -> add(definition));
      raiseRevision(definition, undo);
    }
    return Optional.empty();
  }

  private List<Definition> withParts(Definition root) {
    Set<UUID> seen = new HashSet<>(Set.of(root.id()));
    List<Definition> all = new ArrayList<>(List.of(root));
    for (int i = 0; i < all.size(); i++) {
      find(parts.getOrDefault(all.get(i).id(), Set.of())).stream()
          .filter(part -> seen.add(part.id()))
          .forEach(all::add);
    }
    return all;
  }

  private void raiseRevision(Definition definition, Deque<Runnable> undo) {
    if (definition.configuration()) {
      revision++;
      undo.push(() -> revision--);
    }
  }

  private void add(Definition definition) {
    UUID id = definition.id();
    byId.put(id, definition);
    counts.merge(tally(definition), 1, Integer::sum);
    byName.put(name(definition), id);
    definition.lookupKey().ifPresent(key -> byKey.put(new Key(definition.kind(), key), id));
    definition
        .owner()
        .ifPresent(owner -> parts.computeIfAbsent(owner, o -> new HashSet<>()).add(id));
    definition
        .references()
        .forEach(target -> referrers.computeIfAbsent(target, t -> new HashSet<>()).add(id));
  }

  private void remove(Definition definition) {
    UUID id = definition.id();
    byId.remove(id);
    counts.computeIfPresent(tally(definition), (t, count) -> count == 1 ? null : count - 1);
    byName.remove(name(definition));
    definition.lookupKey().ifPresent(key -> byKey.remove(new Key(definition.kind(), key)));
    definition.owner().ifPresent(owner -> drop(parts, owner, id));
    definition.references().forEach(target -> drop(referrers, target, id));
  }

  private static void drop(Map<UUID, Set<UUID>> index, UUID key, UUID id) {
    index.computeIfPresent(
        key,
        (k, ids) -> {
          ids.remove(id);
          return ids.isEmpty() ? null : ids;
        });
  }

  List<Definition> find(Collection<UUID> ids) {
    return ids.stream().distinct().map(byId::get).filter(Objects::nonNull).toList();
  }

  Optional<Definition> findByName(String workspace, String kind, String name) {
    return Optional.ofNullable(byName.get(new Name(workspace, kind, name))).map(byId::get);
  }

  Optional<Definition> findByKey(String kind, String lookupKey) {
    return Optional.ofNullable(byKey.get(new Key(kind, lookupKey))).map(byId::get);
  }

  Page<Definition> list(DefinitionQuery query) {
    List<Definition> items =
        candidates(query)
            .filter(definition -> definition.kind().equals(query.kind()))
            .filter(
                definition -> query.workspace().map(definition.workspace()::equals).orElse(true))
            .filter(
                definition -> query.owner().isEmpty() || query.owner().equals(definition.owner()))
            .filter(
                definition ->
                    query.references().map(definition.references()::contains).orElse(true))
            .filter(
                definition ->
                    query
                        .after()
                        .map(place -> Order.isAfter(definition.createdAt(), definition.id(), place))
                        .orElse(true))
            .sorted(NEWEST_FIRST)
            .limit(query.limit() + 1L)
            .toList();
    return Order.page(items, query.limit(), last -> new Cursor(last.createdAt(), last.id()));
  }

  private Stream<Definition> candidates(DefinitionQuery query) {
    if (query.owner().isPresent()) {
      return find(parts.getOrDefault(query.owner().get(), Set.of())).stream();
    }
    if (query.references().isPresent()) {
      return find(referrers.getOrDefault(query.references().get(), Set.of())).stream();
    }
    return byId.values().stream();
  }

  private static Definition createdAt(Instant createdAt, Definition definition) {
    return new Definition(
        definition.id(),
        definition.workspace(),
        definition.kind(),
        definition.name(),
        definition.owner(),
        definition.lookupKey(),
        definition.references(),
        definition.configuration(),
        definition.version(),
        createdAt,
        definition.updatedAt(),
        definition.document());
  }

  private static Name name(Definition definition) {
    return new Name(definition.workspace(), definition.kind(), definition.name());
  }

  private static Tally tally(Definition definition) {
    return new Tally(definition.workspace(), definition.kind());
  }

  private static Optional<Conflict> conflict(UUID id, Reason reason, UUID... others) {
    return Optional.of(new Conflict(id, reason, List.of(others)));
  }
}
