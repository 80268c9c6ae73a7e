package io.trigrun.internal;

import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobTriggers;
import io.trigrun.JobTriggers.Target;
import io.trigrun.TriggerEvent;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.WriteSet;
import io.trigrun.validation.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Names of jobs to start become ids when a job is saved (row S16). What is unknown, or would lead
 * back to the job itself, is refused.
 *
 * <p>Two saves at the same time could form a ring of which each sees only one half. So a save that
 * adds links writes the jobs that can be reached from them, too, unchanged: the other save writes
 * one of those and one of the two is refused by its version. A job that is new can't be reached
 * yet: nothing to look for.
 */
record ChainRules(ChainJobs jobs) {

  /** More than anybody needs, and what one write can carry. */
  private static final int MOST_REACHED = 1_000;

  static final String NO_RING = "jobs that don't lead back to this one";

  /**
   * A specification that is fit to be saved.
   *
   * @param touched what must not have changed until it is saved
   */
  record Linked(JobSpec spec, WriteSet touched) {}

  /** Where a walk along the links stands: which event began it, and the names on the way. */
  private record Way(TriggerEvent event, String names) {
    Way to(Definition job) {
      return new Way(event, names + " -> " + job.name());
    }
  }

  /** Of a new job. */
  JobSpec link(JobSpec spec) {
    return resolved(spec, Optional.empty());
  }

  /** Of a job that exists. */
  Linked link(Job job, JobSpec spec) {
    JobSpec resolved = resolved(spec, Optional.of(job));
    boolean noNews = job.spec().triggers().ids().containsAll(resolved.triggers().ids());
    return new Linked(resolved, noNews ? WriteSet.empty() : reached(job, resolved));
  }

  private JobSpec resolved(JobSpec spec, Optional<Job> self) {
    JobTriggers wanted = spec.triggers();
    if (wanted.isEmpty()) {
      return spec;
    }
    Map<UUID, Definition> known = jobs.of(wanted.ids());
    Problems problems = new Problems();
    Map<TriggerEvent, List<Target>> targets = new EnumMap<>(TriggerEvent.class);
    wanted
        .targets()
        .forEach(
            (event, names) -> {
              List<Target> found = new ArrayList<>();
              for (Target target : names) {
                Optional<Definition> job =
                    target.id().map(known::get).or(() -> jobs.ofName(target.job()));
                check(event, target, job, spec, self, problems);
                job.map(ChainJobs::target).ifPresent(found::add);
              }
              targets.put(event, found);
            });
    problems.throwIfAny();
    return spec.toBuilder().triggers(new JobTriggers(targets)).build();
  }

  private static void check(
      TriggerEvent event,
      Target target,
      Optional<Definition> found,
      JobSpec spec,
      Optional<Job> self,
      Problems problems) {
    boolean isSelf =
        found.isPresent()
            ? self.map(Job::id).equals(found.map(Definition::id))
            : target.job().equals(spec.name());
    problems.check(!isSelf, field(event), NO_RING, spec.name() + " -> " + spec.name());
    problems.check(
        isSelf || found.isPresent(),
        field(event),
        "names of jobs of the workspace; save those first",
        target.job());
  }

  /** Every job that can be reached, to be written as it is. */
  private WriteSet reached(Job self, JobSpec spec) {
    Map<UUID, Way> ways = new HashMap<>();
    spec.triggers()
        .targets()
        .forEach(
            (event, targets) ->
                targets.forEach(
                    target ->
                        ways.putIfAbsent(target.id().orElseThrow(), new Way(event, spec.name()))));
    Map<UUID, Definition> all = new LinkedHashMap<>();
    Collection<UUID> level = List.copyOf(ways.keySet());
    while (!level.isEmpty()) {
      Map<UUID, Definition> found = jobs.of(level);
      all.putAll(found);
      Problems.require(
          all.size() <= MOST_REACHED,
          "trigger_job",
          "at most " + MOST_REACHED + " jobs to be reached from one",
          all.size());
      List<UUID> next = new ArrayList<>();
      found.forEach(
          (id, definition) -> {
            Way way = Objects.requireNonNull(ways.get(id)).to(definition);
            for (UUID target : JobDocument.read(definition).spec().triggers().ids()) {
              Problems.require(
                  !target.equals(self.id()),
                  field(way.event()),
                  NO_RING,
                  way.names() + " -> " + spec.name());
              if (ways.putIfAbsent(target, way) == null) {
                next.add(target);
              }
            }
          });
      level = next;
    }
    return new WriteSet(
        List.of(), all.values().stream().map(ChainRules::unchanged).toList(), List.of());
  }

  static DefinitionWrite unchanged(Definition definition) {
    return new DefinitionWrite.Save(
        new Definition(
            definition.id(),
            definition.workspace(),
            definition.kind(),
            definition.name(),
            definition.owner(),
            definition.lookupKey(),
            definition.references(),
            definition.configuration(),
            definition.version() + 1,
            definition.createdAt(),
            definition.updatedAt(),
            definition.document()));
  }

  private static String field(TriggerEvent event) {
    return event.jsonName() + ".trigger_job";
  }
}
