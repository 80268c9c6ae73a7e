package io.trigrun.schedulefile;

import io.trigrun.JobTriggers;
import io.trigrun.TriggerEvent;
import io.trigrun.schedulefile.FileNode.Entry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to happen on events, of one job or of all in a file.
 *
 * @param targets the jobs to start, with where they stand
 * @param others what an extension may know
 */
record Hooks(Map<TriggerEvent, Map<String, Place>> targets, List<FileHook> others) {

  static final String TRIGGER_JOB = "trigger_job";

  /** Reads {@code on_success}, {@code on_error} and {@code on_retries_exhausted}. */
  static Hooks of(Fields fields, FileProblems problems) {
    Map<TriggerEvent, Map<String, Place>> targets = new EnumMap<>(TriggerEvent.class);
    List<FileHook> others = new ArrayList<>();
    for (TriggerEvent event : TriggerEvent.values()) {
      Optional<FileNode> node = fields.value(event.jsonName());
      if (node.isEmpty()) {
        continue;
      }
      Fields hook = Fields.of(fields.field(event.jsonName()), node.get(), problems);
      Map<String, Place> jobs = new LinkedHashMap<>();
      hook.texts(TRIGGER_JOB).forEach(job -> jobs.putIfAbsent(job.text(), job.place()));
      targets.put(event, jobs);
      for (Entry entry : node.get().entries()) {
        if (!entry.key().equals(TRIGGER_JOB)) {
          others.add(new FileHook(event, hook.path(), entry));
        }
      }
    }
    return new Hooks(targets, others);
  }

  /** These of a job, and then those of all jobs; none of the latter makes the job start itself. */
  Hooks plus(Hooks ofAll, String job) {
    Map<TriggerEvent, Map<String, Place>> sum = new EnumMap<>(TriggerEvent.class);
    for (TriggerEvent event : TriggerEvent.values()) {
      Map<String, Place> jobs = new LinkedHashMap<>(targets.getOrDefault(event, Map.of()));
      ofAll
          .targets
          .getOrDefault(event, Map.of())
          .forEach(
              (name, place) -> {
                if (!name.equals(job)) {
                  jobs.putIfAbsent(name, place);
                }
              });
      if (!jobs.isEmpty()) {
        sum.put(event, jobs);
      }
    }
    List<FileHook> all = new ArrayList<>(others);
    all.addAll(ofAll.others);
    return new Hooks(sum, all);
  }

  JobTriggers triggers() {
    JobTriggers triggers = JobTriggers.none();
    for (Map.Entry<TriggerEvent, Map<String, Place>> each : targets.entrySet()) {
      triggers = triggers.on(each.getKey(), each.getValue().keySet().toArray(String[]::new));
    }
    return triggers;
  }
}
