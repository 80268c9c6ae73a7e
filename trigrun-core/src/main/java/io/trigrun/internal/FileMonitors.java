package io.trigrun.internal;

import io.trigrun.Labels;
import io.trigrun.internal.monitor.MonitorDraft;
import io.trigrun.internal.monitor.MonitorToken;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.schedulefile.FileMonitor;
import io.trigrun.schedulefile.FileProblems;
import io.trigrun.schedulefile.ScheduleFile;
import io.trigrun.schedulefile.SchedulePlan.Action;
import io.trigrun.schedulefile.SchedulePlan.Change;
import io.trigrun.schedulefile.SchedulePlan.Field;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.TimeOrderedId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The monitors of a schedule file, next to those that are stored. */
record FileMonitors(JobStore store, String workspace) {

  /** A monitor of the file, and as it is now if it is there. */
  record Entry(FileMonitor file, UUID id, Optional<Definition> stored) {}

  /** Looks them up; what is wrong is noted. */
  List<Entry> check(ScheduleFile file, Set<UUID> managed, Instant now, FileProblems problems) {
    List<Entry> entries = new ArrayList<>();
    for (FileMonitor monitor : file.monitors()) {
      Optional<Definition> stored =
          store.findDefinitionByName(workspace, MonitorDraft.KIND, monitor.spec().name());
      if (stored.isPresent() && !managed.contains(stored.get().id())) {
        problems.add(
            monitor.place(),
            "monitors." + monitor.spec().name(),
            "a name that no monitor has but those this file has created",
            "the name of another: delete that one, or take another name");
      }
      UUID id = stored.map(Definition::id).orElseGet(() -> TimeOrderedId.at(now));
      entries.add(new Entry(monitor, id, stored));
    }
    return entries;
  }

  void draft(List<Entry> entries, int most, Instant now, FileDraft draft) {
    for (Entry entry : entries) {
      MonitorSpec spec = entry.file().spec();
      if (entry.stored().isEmpty()) {
        create(entry.id(), spec, most, now, draft);
      } else {
        change(entry.stored().get(), spec, now, draft);
      }
    }
  }

  private void create(UUID id, MonitorSpec spec, int most, Instant now, FileDraft draft) {
    String token = MonitorToken.issue();
    MonitorDraft created = MonitorDraft.created(id, spec, workspace, token, most, now);
    draft.write(created.writes());
    created.due().ifPresent(draft.wakes::add);
    draft.tokens.put(spec.name(), token);
    draft.managed.add(created.monitor().id());
    note(Action.CREATED, spec, List.of(), draft);
  }

  private static void change(Definition stored, MonitorSpec spec, Instant now, FileDraft draft) {
    draft.managed.add(stored.id());
    MonitorSpec before = MonitorDraft.read(stored).spec();
    if (before.equals(spec)) {
      note(Action.UNCHANGED, spec, List.of(), draft);
      return;
    }
    MonitorDraft changed =
        MonitorDraft.changed(stored, spec, "the monitor was changed by its schedule file", now);
    draft.write(changed.writes());
    changed.due().ifPresent(draft.wakes::add);
    List<Field> fields = new ArrayList<>();
    compare("expected_interval_sec", before.expectedInterval(), spec.expectedInterval(), fields);
    compare("grace_seconds", before.grace(), spec.grace(), fields);
    if (!before.labels().equals(spec.labels())) {
      fields.add(new Field("labels", words(before.labels()), words(spec.labels())));
    }
    note(Action.CHANGED, spec, fields, draft);
  }

  private static void compare(String name, Duration before, Duration after, List<Field> different) {
    if (!before.equals(after)) {
      different.add(
          new Field(name, Long.toString(before.toSeconds()), Long.toString(after.toSeconds())));
    }
  }

  private static String words(Labels labels) {
    return labels.isEmpty() ? "none" : labels.names().toString();
  }

  private static void note(Action action, MonitorSpec spec, List<Field> fields, FileDraft draft) {
    draft.changes.add(new Change(action, MonitorDraft.KIND, spec.name(), fields));
  }

  /** Of a monitor that the file has no more. */
  static void remove(Definition definition, Instant now, FileDraft draft) {
    draft.deletions.add(new DefinitionWrite.Delete(definition.id(), definition.version()));
    draft.write(
        MonitorDraft.cancelled(definition, "the monitor was removed from its schedule file", now));
    draft.removals.add(new Change(Action.REMOVED, MonitorDraft.KIND, definition.name(), List.of()));
  }
}
