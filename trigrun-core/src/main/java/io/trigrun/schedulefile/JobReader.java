package io.trigrun.schedulefile;

import io.trigrun.Callbacks;
import io.trigrun.HandlerCall;
import io.trigrun.JobAction;
import io.trigrun.JobSpec;
import io.trigrun.JobTriggers;
import io.trigrun.TriggerEvent;
import io.trigrun.schedule.Schedule;
import io.trigrun.schedulefile.FileNode.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads one job of a file. */
final class JobReader {

  static final String RETENTION = "log_retention_period";
  private static final Collection<String> KEYS = keys();

  /** Where what is told of a field under one name stands under another. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "schedule.cron", "cron",
          "schedule.timezone", "timezone",
          "schedule.every_n_minutes", "every_n_minutes",
          "schedule.interval", "every",
          "schedule.run_at", "run_at",
          "command.working_directory", "working_directory");

  private final Entry entry;
  private final Fields fields;
  private final Hooks ofAll;
  private final Optional<FileNode> zone;
  private final FileProblems problems;

  JobReader(Entry entry, Hooks ofAll, Optional<FileNode> zone, FileProblems problems) {
    this.entry = entry;
    this.fields = Fields.of("jobs." + FileNode.shown(entry.key()), entry.value(), problems);
    this.ofAll = ofAll;
    this.zone = zone;
    this.problems = problems;
  }

  private static Collection<String> keys() {
    List<String> keys = new ArrayList<>(ActionReader.KEYS);
    keys.addAll(TimesReader.KEYS);
    keys.addAll(PolicyReader.KEYS);
    keys.addAll(
        List.of(
            "queue", "on_success_url", "on_failure_url", "callback_secret", "labels", RETENTION));
    Arrays.stream(TriggerEvent.values()).map(TriggerEvent::jsonName).forEach(keys::add);
    return List.copyOf(keys);
  }

  /**
   * As far as it can be read: what is wrong is noted and left out, so that the rest is judged, too.
   */
  Optional<FileJob> read() {
    fields.refuseUnknown(KEYS);
    refuseRetention(fields);
    Hooks hooks = Hooks.of(fields, problems).plus(ofAll, entry.key());
    Function<String, Place> places = field -> placeOf(field, hooks);
    TimesReader times = new TimesReader(fields, zone.map(FileNode::text), places);
    PolicyReader policies = new PolicyReader(fields, places);
    Optional<JobAction> action = new ActionReader(fields, entry.keyPlace(), places).read();
    JobSpec.Builder spec = JobSpec.named(entry.key());
    Optional<Schedule> schedule = times.schedule();
    schedule.ifPresent(spec::schedule);
    times.missed().ifPresent(spec::missed);
    policies.retry().ifPresent(spec::retry);
    policies.priority().ifPresent(spec::priority);
    set(places, policies.concurrency(), spec::maxConcurrentExecutions);
    policies.overlap().ifPresent(spec::overlap);
    policies.rateLimit().ifPresent(spec::rateLimit);
    fields.text("queue").ifPresent(spec::queue);
    problems.attempt(fields.path(), places, fields::labels).ifPresent(spec::labels);
    problems.attempt(fields.path(), places, this::callbacks).ifPresent(spec::callbacks);
    problems.<JobTriggers>attempt(fields.path(), places, hooks::triggers).ifPresent(spec::triggers);
    // What is left to be said, of the name above all, is said even if the action is not known.
    spec.action(action.orElse(HandlerCall.of("none")));
    Optional<JobSpec> job = problems.attempt(fields.path(), places, spec::build);
    return job.map(
        done -> new FileJob(done, entry.keyPlace(), hooks.targets(), hooks.others(), places));
  }

  static void refuseRetention(Fields fields) {
    fields
        .value(RETENTION)
        .ifPresent(
            value ->
                fields
                    .problems()
                    .add(
                        value.place(),
                        fields.field(RETENTION),
                        "no such key: TrigRunBuilder.retention says how long history is kept",
                        "it"));
  }

  private <T> void set(Function<String, Place> places, Optional<T> value, Consumer<T> setter) {
    var unused =
        problems.attempt(
            fields.path(),
            places,
            () -> {
              value.ifPresent(setter);
              return true;
            });
  }

  private Callbacks callbacks() {
    return new Callbacks(
        fields.text("on_success_url"),
        fields.text("on_failure_url"),
        fields.text("callback_secret"));
  }

  private Place placeOf(String field, Hooks hooks) {
    for (TriggerEvent event : TriggerEvent.values()) {
      if (field.equals(event.jsonName() + "." + Hooks.TRIGGER_JOB)) {
        return hooks.targets().getOrDefault(event, Map.of()).values().stream()
            .findFirst()
            .orElse(entry.keyPlace());
      }
    }
    if (field.startsWith("command.environment")) {
      String inEnv = "env" + field.substring("command.environment".length());
      Optional<Place> place = fields.node().placeOf(inEnv);
      if (place.isPresent()) {
        return place.get();
      }
    }
    String elsewhere = ELSEWHERE.getOrDefault(field, field);
    return fields
        .node()
        .placeOf(elsewhere)
        .or(() -> fields.node().placeOf(field))
        .or(() -> zone.filter(z -> elsewhere.equals("timezone")).map(FileNode::place))
        .orElse(entry.keyPlace());
  }
}
