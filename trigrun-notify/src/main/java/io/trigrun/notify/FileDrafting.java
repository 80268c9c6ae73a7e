package io.trigrun.notify;

import io.trigrun.schedulefile.FileProblems;
import io.trigrun.schedulefile.SchedulePlan.Change;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.ScheduleFilePart.Draft;
import io.trigrun.spi.ScheduleFilePart.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** What the channels and rules of a file come to, as it is gathered. For one thread, once. */
final class FileDrafting {

  /** Something stored, by what makes it unique. */
  private record Key(String kind, String name) {}

  final Input input;
  final FileProblems problems;
  private final JobStore store;
  private final Map<Key, Definition> managed = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<DefinitionWrite.Save> saves = new ArrayList<>();
  private final Set<UUID> ids = new TreeSet<>();
  private final Set<String> secrets = new TreeSet<>();

  FileDrafting(Input input, FileProblems problems, JobStore store) {
    this.input = input;
    this.problems = problems;
    this.store = store;
    if (!input.managed().isEmpty()) {
      store.findDefinitions(input.managed()).stream()
          .filter(definition -> definition.workspace().equals(input.workspace()))
          .forEach(it -> managed.put(new Key(it.kind(), it.name()), it));
    }
  }

  /** What an earlier file of the name has created. */
  Optional<Definition> own(String kind, String name) {
    return Optional.ofNullable(managed.get(new Key(kind, name)));
  }

  /** What somebody else has created. */
  Optional<Definition> others(String kind, String name) {
    return store
        .findDefinitionByName(input.workspace(), kind, name)
        .filter(definition -> !input.managed().contains(definition.id()));
  }

  /** Says what becomes of something that the file has. */
  void note(UUID id, Change change) {
    ids.add(id);
    changes.add(change);
  }

  void save(DefinitionWrite.Save save, Set<String> secretNames) {
    saves.add(save);
    secrets.addAll(secretNames);
  }

  Draft draft() {
    return new Draft(changes, saves, ids, secrets);
  }
}
