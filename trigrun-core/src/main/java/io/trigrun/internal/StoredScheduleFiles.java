package io.trigrun.internal;

import io.trigrun.ConflictException;
import io.trigrun.LimitExceededException;
import io.trigrun.WorkspaceLimits;
import io.trigrun.internal.monitor.MonitorDraft;
import io.trigrun.schedulefile.FileProblems;
import io.trigrun.schedulefile.ScheduleFile;
import io.trigrun.schedulefile.ScheduleFileException;
import io.trigrun.schedulefile.ScheduleFiles;
import io.trigrun.schedulefile.SchedulePlan;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.ScheduleFilePart;
import io.trigrun.spi.SecretAccess;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out schedule files: reads what is stored, drafts one write, and stores it by
 * compare-and-set; if somebody was faster it does so again.
 */
final class StoredScheduleFiles implements ScheduleFiles {

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.jobs");
  private static final int MOST_TRIES = 20;

  private final JobStore store;
  private final SecretAccess secrets;
  private final Alignment alignment;
  private final String workspace;
  private final Supplier<WorkspaceLimits> limits;
  private final Consumer<Instant> wakeFor;
  private final FileJobs jobs;
  private final FileMonitors monitors;
  private final FileParts parts;

  StoredScheduleFiles(
      JobStore store,
      SecretAccess secrets,
      Alignment alignment,
      String workspace,
      Supplier<WorkspaceLimits> limits,
      JobSpecRules rules,
      FileParts parts,
      Consumer<Instant> wakeFor) {
    this.store = store;
    this.secrets = secrets;
    this.alignment = alignment;
    this.workspace = workspace;
    this.limits = limits;
    this.wakeFor = wakeFor;
    this.jobs = new FileJobs(store, workspace, rules, new JobSchedule(store));
    this.monitors = new FileMonitors(store, workspace);
    this.parts = parts;
  }

  @Override
  public SchedulePlan plan(ScheduleFile file) {
    FileDraft draft = draft(file);
    draft.tokens.clear();
    return draft.plan(file.name());
  }

  @Override
  public SchedulePlan apply(ScheduleFile file) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      FileDraft draft = draft(file);
      WriteSet writes = draft.writes();
      if (writes.isEmpty()) {
        return draft.plan(file.name());
      }
      WriteResult result = secrets.write(workspace, draft.secrets, writes);
      if (result instanceof WriteResult.Refused refused) {
        refuse(refused.conflict(), writes);
      } else {
        draft.wakes.forEach(wakeFor);
        return draft.plan(file.name());
      }
    }
    throw busy(file);
  }

  private static ConflictException busy(ScheduleFile file) {
    return new ConflictException(
        "expected nobody else to change what is in %s, got %d changes meanwhile: apply it again"
            .formatted(file.name(), MOST_TRIES));
  }

  /** What is wrong because somebody else has just changed something is not wrong. */
  private FileDraft draft(ScheduleFile file) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Optional<Definition> known = recordOf(file);
      try {
        return draft(file, known);
      } catch (ScheduleFileException e) {
        if (recordOf(file).map(Definition::version).equals(known.map(Definition::version))) {
          throw e;
        }
      } catch (ConflictException e) {
        LOG.debug("Jobs changed while {} was compared with them", file.name(), e);
      }
    }
    throw busy(file);
  }

  private Optional<Definition> recordOf(ScheduleFile file) {
    return store.findDefinitionByName(workspace, FileRecord.KIND, file.name());
  }

  private FileDraft draft(ScheduleFile file, Optional<Definition> known) {
    Instant now = alignment.nowForHost().truncatedTo(ChronoUnit.MICROS);
    FileProblems problems = new FileProblems();
    problems.addAll(file.problems());
    Set<UUID> before = known.map(FileRecord::managed).orElse(Set.of());
    parts.refuseUnknown(file, problems);
    Map<UUID, FileJobs.Entry> entries = jobs.check(file, before, now, problems);
    List<FileMonitors.Entry> watched = monitors.check(file, before, now, problems);
    FileChain chain = new FileChain(entries, new ChainJobs(store, workspace));
    List<UUID> order = chain.order(problems);
    FileNames names = new FileNames(store, workspace, file, before, problems);
    List<ScheduleFilePart.Draft> more =
        parts.draft(
            new ScheduleFilePart.Input(
                workspace,
                file,
                now,
                before,
                names.jobs(entries.values()),
                names.monitors(watched)),
            problems);
    problems.throwIfAny(file.name());
    FileDraft draft = new FileDraft();
    draft.write(chain.touched(before));
    jobs.draft(order, entries, limits.get().jobs(), now, draft);
    monitors.draft(watched, limits.get().monitors(), now, draft);
    more.forEach(draft::add);
    remove(before, now, draft);
    if (!draft.writes().isEmpty()) {
      draft.write(
          WriteSet.save(FileRecord.next(known, workspace, file.name(), draft.managed, now)));
    }
    return draft;
  }

  /**
   * What an earlier file had: whoever needs others before those, and parts before what they belong
   * to. What somebody has deleted since is gone already. What this node knows nothing of stays, for
   * one that does.
   */
  private void remove(Set<UUID> before, Instant now, FileDraft draft) {
    Set<UUID> gone = new LinkedHashSet<>(before);
    gone.removeAll(draft.managed);
    if (gone.isEmpty()) {
      return;
    }
    List<Definition> left =
        new ArrayList<>(
            store.findDefinitions(gone).stream()
                .filter(definition -> definition.workspace().equals(workspace))
                .toList());
    while (!left.isEmpty()) {
      Set<UUID> needed =
          left.stream()
              .flatMap(it -> Stream.concat(it.references().stream(), it.owner().stream()))
              .collect(Collectors.toSet());
      List<Definition> free = left.stream().filter(it -> !needed.contains(it.id())).toList();
      // There are no rings; if there were one, the store would refuse it.
      for (Definition definition : free.isEmpty() ? List.copyOf(left) : free) {
        remove(definition, now, draft);
        left.remove(definition);
      }
    }
  }

  private void remove(Definition definition, Instant now, FileDraft draft) {
    if (definition.kind().equals(JobDocument.KIND)) {
      FileJobs.remove(definition, now, draft);
    } else if (definition.kind().equals(MonitorDraft.KIND)) {
      FileMonitors.remove(definition, now, draft);
    } else if (parts.know(definition)) {
      draft.deletions.add(new DefinitionWrite.Delete(definition.id(), definition.version()));
      draft.removals.add(parts.removed(definition));
    } else {
      draft.managed.add(definition.id());
    }
  }

  /** Returns if it may be different the next time. */
  private void refuse(Conflict conflict, WriteSet writes) {
    switch (conflict.reason()) {
      case REFERENCED ->
          throw new ConflictException(
              "expected what the file has no more to be free to go, but these need it: "
                  + names(conflict.others()));
      case LIMIT_REACHED -> {
        DefinitionWrite.Save save =
            writes.definitions().stream()
                .filter(DefinitionWrite.Save.class::isInstance)
                .map(DefinitionWrite.Save.class::cast)
                .filter(write -> write.id().equals(conflict.definitionId()))
                .findFirst()
                .orElseThrow();
        throw new LimitExceededException(
            workspace, parts.word(save.definition()) + "s", save.most());
      }
      default -> {}
    }
  }

  private String names(List<UUID> ids) {
    return store.findDefinitions(ids).stream()
        .map(definition -> parts.word(definition) + " " + parts.nameOf(definition))
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
