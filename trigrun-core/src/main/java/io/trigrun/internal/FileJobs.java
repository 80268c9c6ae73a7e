package io.trigrun.internal;

import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobState;
import io.trigrun.JobTriggers;
import io.trigrun.JobTriggers.Target;
import io.trigrun.TriggerEvent;
import io.trigrun.internal.secret.SecretIds;
import io.trigrun.schedulefile.FileJob;
import io.trigrun.schedulefile.FileProblems;
import io.trigrun.schedulefile.Place;
import io.trigrun.schedulefile.ScheduleFile;
import io.trigrun.schedulefile.SchedulePlan.Action;
import io.trigrun.schedulefile.SchedulePlan.Change;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The jobs of a schedule file, next to those that are stored. */
record FileJobs(JobStore store, String workspace, JobSpecRules rules, JobSchedule schedule) {

  /**
   * A job of the file.
   *
   * @param stored as it is now, if it is there
   * @param spec with the ids of the jobs that it starts
   */
  record Entry(
      FileJob file, UUID id, Optional<Definition> definition, Optional<Job> stored, JobSpec spec) {

    boolean isChanged() {
      return stored.isEmpty() || !stored.get().spec().equals(spec);
    }

    /** Whether it starts jobs that it did not start before. */
    boolean hasNewLinks() {
      Set<UUID> before = stored.map(job -> job.spec().triggers().ids()).orElse(Set.of());
      return !before.containsAll(spec.triggers().ids());
    }
  }

  private static final String TRIGGER_JOB = ".trigger_job";

  /** Looks them up and checks them; what is wrong is noted. */
  Map<UUID, Entry> check(ScheduleFile file, Set<UUID> managed, Instant now, FileProblems problems) {
    ChainJobs chain = new ChainJobs(store, workspace);
    Map<String, Entry> found = new LinkedHashMap<>();
    for (FileJob job : file.jobs()) {
      Optional<Definition> definition = chain.ofName(job.name());
      if (definition.isPresent() && !managed.contains(definition.get().id())) {
        problems.add(
            job.place(),
            job.path(),
            "a name that no job has but those this file has created",
            "the name of another: delete that one, or take another name");
      }
      UUID id = definition.map(Definition::id).orElseGet(() -> TimeOrderedId.at(now));
      Optional<Job> stored = definition.map(JobDocument::read).map(chain::named);
      found.put(job.name(), new Entry(job, id, definition, stored, job.spec()));
    }
    Map<UUID, Entry> entries = new LinkedHashMap<>();
    for (Entry entry : found.values()) {
      JobTriggers triggers = targets(entry, found, file.jobNames(), chain, managed, problems);
      JobSpec linked = entry.spec().toBuilder().triggers(triggers).build();
      JobSpec spec =
          problems
              .attempt(
                  entry.file().path(),
                  entry.file().places(),
                  () ->
                      entry.stored().isPresent()
                          ? rules.checkUpdate(entry.stored().get(), linked, now)
                          : rules.check(linked, now))
              .orElse(linked);
      entries.put(
          entry.id(),
          new Entry(entry.file(), entry.id(), entry.definition(), entry.stored(), spec));
    }
    return entries;
  }

  private static JobTriggers targets(
      Entry entry,
      Map<String, Entry> ofFile,
      Set<String> names,
      ChainJobs chain,
      Set<UUID> managed,
      FileProblems problems) {
    Map<TriggerEvent, List<Target>> targets = new EnumMap<>(TriggerEvent.class);
    entry
        .file()
        .targets()
        .forEach(
            (event, places) -> {
              List<Target> jobs = new ArrayList<>();
              for (Map.Entry<String, Place> wanted : places.entrySet()) {
                String name = wanted.getKey();
                Optional<UUID> id =
                    Optional.ofNullable(ofFile.get(name))
                        .map(Entry::id)
                        .or(
                            () ->
                                chain
                                    .ofName(name)
                                    .map(Definition::id)
                                    .filter(other -> !managed.contains(other)));
                if (id.isPresent()) {
                  jobs.add(new Target(name, id));
                } else if (!names.contains(name)) {
                  problems.add(
                      wanted.getValue(),
                      entry.file().path() + "." + event.jsonName() + TRIGGER_JOB,
                      "the name of a job of this file or of the workspace",
                      "another one");
                }
              }
              targets.put(event, jobs);
            });
    return new JobTriggers(targets);
  }

  /** Writes what has to be written, what is started before what starts it. */
  void draft(List<UUID> order, Map<UUID, Entry> entries, int most, Instant now, FileDraft draft) {
    Map<UUID, Change> changes = new HashMap<>();
    for (UUID id : order) {
      Entry entry = Objects.requireNonNull(entries.get(id));
      changes.put(id, change(entry));
      if (entry.isChanged()) {
        JobChange change =
            entry.stored().isPresent()
                ? schedule.update(entry.stored().get(), entry.spec(), now)
                : schedule.start(fresh(entry, now), now);
        draft.write(WriteSet.save(JobDocument.write(change.job()), most).plus(change.writes()));
        draft.secrets.addAll(SecretIds.namedBy(entry.spec()));
        change.nextRun().ifPresent(draft.wakes::add);
      }
    }
    entries.keySet().forEach(id -> draft.changes.add(Objects.requireNonNull(changes.get(id))));
    draft.managed.addAll(entries.keySet());
  }

  private Job fresh(Entry entry, Instant now) {
    return new Job(
        entry.id(), workspace, entry.spec(), JobState.DRAFT, 1, now, now, Optional.empty());
  }

  private static Change change(Entry entry) {
    Action action =
        entry.stored().isEmpty()
            ? Action.CREATED
            : entry.isChanged() ? Action.CHANGED : Action.UNCHANGED;
    return new Change(
        action,
        JobDocument.KIND,
        entry.file().name(),
        entry
            .stored()
            .filter(job -> entry.isChanged())
            .map(job -> JobDifference.of(job.spec(), entry.spec()))
            .orElse(List.of()));
  }

  /** Of a job that the file has no more. */
  static void remove(Definition definition, Instant now, FileDraft draft) {
    Job job = JobDocument.read(definition);
    draft.deletions.add(new DefinitionWrite.Delete(job.id(), job.version()));
    draft.write(JobSchedule.cancelCursor(job, "the job was removed from its schedule file", now));
    draft.removals.add(new Change(Action.REMOVED, JobDocument.KIND, job.name(), List.of()));
  }
}
