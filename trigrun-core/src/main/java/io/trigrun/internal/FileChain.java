package io.trigrun.internal;

import io.trigrun.ConflictException;
import io.trigrun.TriggerEvent;
import io.trigrun.internal.FileJobs.Entry;
import io.trigrun.schedulefile.FileProblems;
import io.trigrun.schedulefile.Place;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.WriteSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who starts whom, once a schedule file is applied: its jobs as the file says, others as they are
 * stored. Rings are refused as in {@link ChainRules}, and kept from being made by two at once in
 * the same way.
 */
final class FileChain {

  private final Map<UUID, Entry> entries;
  private final Map<UUID, Definition> others = new LinkedHashMap<>();
  private final Map<UUID, Set<UUID>> links = new LinkedHashMap<>();

  FileChain(Map<UUID, Entry> entries, ChainJobs jobs) {
    this.entries = entries;
    entries.forEach((id, entry) -> links.put(id, entry.spec().triggers().ids()));
    Collection<UUID> level = unknown();
    while (!level.isEmpty()) {
      Map<UUID, Definition> found = jobs.of(level);
      for (UUID id : level) {
        Optional<Definition> definition = Optional.ofNullable(found.get(id));
        definition.ifPresent(it -> others.put(id, it));
        links.put(
            id,
            definition.map(it -> JobDocument.read(it).spec().triggers().ids()).orElse(Set.of()));
      }
      level = unknown();
    }
  }

  private Collection<UUID> unknown() {
    return links.values().stream()
        .flatMap(Set::stream)
        .filter(id -> !links.containsKey(id))
        .collect(Collectors.toSet());
  }

  /**
   * The jobs of the file, each after those that it starts. Rings are noted and left out.
   *
   * @throws ConflictException if others seem to form one: they were changed between two looks
   */
  List<UUID> order(FileProblems problems) {
    Map<UUID, Integer> open = new HashMap<>();
    Map<UUID, List<UUID>> starters = new HashMap<>();
    Deque<UUID> free = new ArrayDeque<>();
    links.forEach(
        (id, targets) -> {
          open.put(id, targets.size());
          targets.forEach(
              target -> starters.computeIfAbsent(target, key -> new ArrayList<>()).add(id));
          if (targets.isEmpty()) {
            free.add(id);
          }
        });
    Set<UUID> order = new LinkedHashSet<>();
    while (!free.isEmpty()) {
      UUID id = free.remove();
      order.add(id);
      for (UUID starter : starters.getOrDefault(id, List.of())) {
        if (open.merge(starter, -1, Integer::sum) == 0) {
          free.add(starter);
        }
      }
    }
    noteRings(order, problems);
    return order.stream().filter(entries::containsKey).toList();
  }

  private void noteRings(Set<UUID> ordered, FileProblems problems) {
    Set<UUID> seen = new LinkedHashSet<>(ordered);
    for (UUID start : links.keySet()) {
      List<UUID> way = new ArrayList<>();
      UUID here = start;
      while (seen.add(here)) {
        way.add(here);
        here =
            Objects.requireNonNull(links.get(here)).stream()
                .filter(target -> !ordered.contains(target))
                .min(UUID::compareTo)
                .orElseThrow();
      }
      int begin = way.indexOf(here);
      if (begin >= 0) {
        note(way.subList(begin, way.size()), problems);
      }
    }
  }

  private void note(List<UUID> ring, FileProblems problems) {
    int first = 0;
    while (first < ring.size() && !entries.containsKey(ring.get(first))) {
      first++;
    }
    if (first == ring.size()) {
      throw new ConflictException(
          "expected jobs that nobody changes while they are read, got links of before and after");
    }
    Entry entry = Objects.requireNonNull(entries.get(ring.get(first)));
    UUID next = ring.get((first + 1) % ring.size());
    List<String> names = new ArrayList<>();
    for (int i = 0; i <= ring.size(); i++) {
      names.add(name(ring.get((first + i) % ring.size())));
    }
    TriggerEvent event =
        entry.spec().triggers().targets().entrySet().stream()
            .filter(
                each -> each.getValue().stream().anyMatch(t -> t.id().equals(Optional.of(next))))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    Place place =
        entry
            .file()
            .targets()
            .getOrDefault(event, Map.of())
            .getOrDefault(name(next), entry.file().place());
    problems.add(
        place,
        entry.file().path() + "." + event.jsonName() + ".trigger_job",
        ChainRules.NO_RING,
        String.join(" -> ", names));
  }

  private String name(UUID id) {
    return Optional.ofNullable(entries.get(id))
        .map(entry -> entry.file().name())
        .or(() -> Optional.ofNullable(others.get(id)).map(Definition::name))
        .orElse(id.toString());
  }

  /**
   * What must stay as it is until all is stored: whatever new links lead to, written unchanged.
   *
   * @param managed what the file has created: what of it is not in the file any more is deleted
   */
  WriteSet touched(Set<UUID> managed) {
    Deque<UUID> ahead = new ArrayDeque<>();
    entries.values().stream()
        .filter(Entry::hasNewLinks)
        .forEach(entry -> ahead.addAll(entry.spec().triggers().ids()));
    Set<UUID> reached = new LinkedHashSet<>();
    while (!ahead.isEmpty()) {
      UUID id = ahead.remove();
      if (reached.add(id)) {
        ahead.addAll(links.getOrDefault(id, Set.of()));
      }
    }
    List<DefinitionWrite> writes = new ArrayList<>();
    for (UUID id : reached) {
      Optional<Entry> entry = Optional.ofNullable(entries.get(id));
      Optional<Definition> definition =
          entry.isPresent()
              ? entry.filter(it -> !it.isChanged()).flatMap(Entry::definition)
              : Optional.ofNullable(others.get(id)).filter(it -> !managed.contains(id));
      definition.map(ChainRules::unchanged).ifPresent(writes::add);
    }
    return new WriteSet(List.of(), writes, List.of());
  }
}
