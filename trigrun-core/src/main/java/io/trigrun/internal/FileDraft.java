package io.trigrun.internal;

import io.trigrun.schedulefile.SchedulePlan;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.ScheduleFilePart;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** What applying a schedule file comes to, as it is gathered. Not for use by several threads. */
final class FileDraft {

  final List<SchedulePlan.Change> changes = new ArrayList<>();
  final List<SchedulePlan.Change> removals = new ArrayList<>();
  final List<DefinitionWrite> deletions = new ArrayList<>();
  final Set<UUID> managed = new TreeSet<>();
  final Set<String> secrets = new TreeSet<>();
  final List<Instant> wakes = new ArrayList<>();
  final Map<String, String> tokens = new HashMap<>();
  private WriteSet writes = WriteSet.empty();

  void write(WriteSet more) {
    writes = writes.plus(more);
  }

  /** What an extension has drafted. */
  void add(ScheduleFilePart.Draft part) {
    changes.addAll(part.changes());
    managed.addAll(part.managed());
    secrets.addAll(part.secrets());
    write(new WriteSet(List.of(), List.copyOf(part.saves()), List.of()));
  }

  /** All of it: what is deleted comes last, when nothing refers to it any more. */
  WriteSet writes() {
    return writes.plus(new WriteSet(List.of(), deletions, List.of()));
  }

  SchedulePlan plan(String file) {
    List<SchedulePlan.Change> all = new ArrayList<>(changes);
    all.addAll(removals);
    return new SchedulePlan(file, all, tokens);
  }
}
