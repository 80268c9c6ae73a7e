package io.trigrun;

import io.trigrun.validation.Problems;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which jobs are started by what becomes of a job's runs (row S16): {@code on_success.trigger_job}
 * and so on. Immutable.
 *
 * <p>Jobs are named here and known by their ids once they are saved, so a job may be renamed: what
 * is read afterwards has its new name. A name counts once per event.
 *
 * @param targets the jobs of each event, in the order in which they were given
 */
public record JobTriggers(Map<TriggerEvent, List<Target>> targets) {

  /** How many jobs one event may start: 100. */
  public static final int MOST = 100;

  private static final JobTriggers NONE = new JobTriggers(Map.of());

  /**
   * A job to start.
   *
   * @param job its name, 1 to 200 characters
   * @param id its id; empty until it is looked up when the job that names it is saved
   */
  public record Target(String job, Optional<UUID> id) {}

  /**
   * @throws io.trigrun.validation.ValidationException if a name is blank or longer than 200
   *     characters, or an event has more than {@link #MOST} jobs
   */
  public JobTriggers {
    Problems problems = new Problems();
    Map<TriggerEvent, List<Target>> copy = new EnumMap<>(TriggerEvent.class);
    targets.forEach(
        (event, jobs) -> {
          for (Target target : jobs) {
            problems.check(
                !target.job().isBlank() && target.job().length() <= 200,
                field(event),
                "names of jobs, 1 to 200 characters each",
                target.job());
          }
          List<Target> once = once(jobs);
          problems.check(
              once.size() <= MOST, field(event), "at most " + MOST + " jobs", once.size());
          if (!once.isEmpty()) {
            copy.put(event, once);
          }
        });
    problems.throwIfAny();
    targets = Collections.unmodifiableMap(copy);
  }

  private static List<Target> once(List<Target> jobs) {
    Map<String, Target> byName = new LinkedHashMap<>();
    jobs.forEach(target -> byName.putIfAbsent(target.job(), target));
    return List.copyOf(byName.values());
  }

  /** Nothing starts anything. */
  public static JobTriggers none() {
    return NONE;
  }

  /** These, and the named jobs on an event. */
  public JobTriggers on(TriggerEvent event, String... jobs) {
    List<Target> more = Arrays.stream(jobs).map(job -> new Target(job, Optional.empty())).toList();
    return plus(new JobTriggers(Map.of(event, more)));
  }

  /**
   * These, and then the others: how what holds for all jobs of a schedule file adds to what a job
   * says by itself.
   */
  public JobTriggers plus(JobTriggers others) {
    Map<TriggerEvent, List<Target>> sum = new EnumMap<>(TriggerEvent.class);
    for (TriggerEvent event : TriggerEvent.values()) {
      sum.put(event, Stream.concat(of(event).stream(), others.of(event).stream()).toList());
    }
    return new JobTriggers(sum);
  }

  /** These, but for one job: what holds for all jobs does not make a job start itself. */
  public JobTriggers without(String job) {
    return keeping(target -> !target.job().equals(job));
  }

  private JobTriggers keeping(Predicate<Target> wanted) {
    Map<TriggerEvent, List<Target>> kept = new EnumMap<>(TriggerEvent.class);
    targets.forEach((event, jobs) -> kept.put(event, jobs.stream().filter(wanted).toList()));
    return new JobTriggers(kept);
  }

  /** The jobs that an event starts. */
  public List<Target> of(TriggerEvent event) {
    return targets.getOrDefault(event, List.of());
  }

  /** Their names. */
  public List<String> names(TriggerEvent event) {
    return of(event).stream().map(Target::job).toList();
  }

  /** The ids of all jobs that any event starts, as far as they are known. */
  public Set<UUID> ids() {
    return targets.values().stream()
        .flatMap(List::stream)
        .flatMap(target -> target.id().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  public boolean isEmpty() {
    return targets.isEmpty();
  }

  /** What the jobs of an event are called in messages: {@code on_success.trigger_job}. */
  static String field(TriggerEvent event) {
    return event.jsonName() + ".trigger_job";
  }
}
