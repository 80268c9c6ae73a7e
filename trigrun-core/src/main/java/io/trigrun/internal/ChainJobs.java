package io.trigrun.internal;

import io.trigrun.Job;
import io.trigrun.JobTriggers;
import io.trigrun.JobTriggers.Target;
import io.trigrun.TriggerEvent;
import io.trigrun.spi.Definition;
import io.trigrun.spi.JobStore;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The jobs of a workspace as others name them: by their names today, or by ids for ever. */
record ChainJobs(JobStore store, String workspace) {

  /** Those that a job may start, by their ids. */
  Map<UUID, Definition> of(Collection<UUID> ids) {
    Map<UUID, Definition> jobs = new HashMap<>();
    if (!ids.isEmpty()) {
      store.findDefinitions(ids).stream()
          .filter(definition -> definition.workspace().equals(workspace))
          .filter(definition -> definition.kind().equals(JobDocument.KIND))
          .forEach(definition -> jobs.put(definition.id(), definition));
    }
    return jobs;
  }

  Optional<Definition> ofName(String name) {
    return store.findDefinitionByName(workspace, JobDocument.KIND, name);
  }

  /** Jobs as they are to be shown: those that they start by the names they have today. */
  List<Job> named(List<Job> jobs) {
    List<UUID> ids =
        jobs.stream().flatMap(job -> job.spec().triggers().ids().stream()).distinct().toList();
    if (ids.isEmpty()) {
      return jobs;
    }
    Map<UUID, Definition> known = of(ids);
    return jobs.stream()
        .map(job -> job.spec().triggers().isEmpty() ? job : named(job, known))
        .toList();
  }

  /** As {@link #named(List)}. */
  Job named(Job job) {
    return named(List.of(job)).get(0);
  }

  private static Job named(Job job, Map<UUID, Definition> known) {
    Map<TriggerEvent, List<Target>> targets = new EnumMap<>(TriggerEvent.class);
    job.spec()
        .triggers()
        .targets()
        .forEach(
            (event, old) ->
                targets.put(event, old.stream().map(target -> named(target, known)).toList()));
    return new Job(
        job.id(),
        job.workspace(),
        job.spec().toBuilder().triggers(new JobTriggers(targets)).build(),
        job.state(),
        job.version(),
        job.createdAt(),
        job.updatedAt(),
        job.cursor());
  }

  private static Target named(Target target, Map<UUID, Definition> known) {
    return target.id().map(known::get).map(ChainJobs::target).orElse(target);
  }

  static Target target(Definition job) {
    return new Target(job.name(), Optional.of(job.id()));
  }
}
