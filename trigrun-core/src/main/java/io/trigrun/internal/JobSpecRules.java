package io.trigrun.internal;

import io.trigrun.Callbacks;
import io.trigrun.HandlerCall;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.command.CommandAction;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpActionJson;
import io.trigrun.internal.command.CommandJobHandler;
import io.trigrun.schedule.OnceSchedule;
import io.trigrun.spi.ExtensionAction;
import io.trigrun.spi.JobRule;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What only the TrigRun that saves a job can check: its payload, its queue, its time, where it
 * calls.
 */
final class JobSpecRules {

  private final PayloadRules payloads;
  private final EngineSettings settings;
  private final Set<String> handlers;
  private final EgressPolicy egress;
  private final List<JobRule> jobRules;

  /**
   * @param handlers those that this node has
   * @param jobRules those of the extensions
   */
  JobSpecRules(
      PayloadRules payloads,
      EngineSettings settings,
      Set<String> handlers,
      EgressPolicy egress,
      List<JobRule> jobRules) {
    this.payloads = payloads;
    this.settings = settings;
    this.handlers = Set.copyOf(handlers);
    this.egress = egress;
    this.jobRules = List.copyOf(jobRules);
  }

  /** The specification with its payload written as JSON. */
  JobSpec check(JobSpec spec, Instant now) {
    Problems problems = new Problems();
    if (spec.schedule() instanceof OnceSchedule once) {
      problems.check(
          once.instant().isAfter(now),
          "schedule.run_at",
          "an instant in the future (it is " + now + ")",
          once.instant());
    }
    return checked(spec, problems);
  }

  /** As {@link #check}, of a job that exists: a time that has passed since may stay. */
  JobSpec checkUpdate(Job job, JobSpec spec, Instant now) {
    return spec.schedule().equals(job.spec().schedule())
        ? checked(spec, new Problems())
        : check(spec, now);
  }

  private JobSpec checked(JobSpec spec, Problems problems) {
    spec.queue().ifPresent(queue -> checkQueue(queue, settings, problems));
    problems.check(
        !(spec.action() instanceof CommandAction) || handlers.contains(CommandJobHandler.HANDLER),
        "command",
        "no command: this TrigRun runs none; TrigRunBuilder.allowCommands() allows them",
        "one");
    if (spec.action() instanceof HttpAction http) {
      checkEgress("request.url", http.origin(), problems);
      StorableText.problem(HttpActionJson.toJson(http), "request").ifPresent(problems::add);
    }
    Callbacks callbacks = spec.callbacks();
    callbacks
        .onSuccessUrl()
        .ifPresent(url -> checkEgress("on_success_url", URI.create(url), problems));
    callbacks
        .onFailureUrl()
        .ifPresent(url -> checkEgress("on_failure_url", URI.create(url), problems));
    jobRules.forEach(rule -> rule.check(spec, problems));
    JobSpec encoded = spec;
    if (spec.action() instanceof HandlerCall call) {
      encoded =
          spec.toBuilder()
              .action(new HandlerCall(call.handler(), payloads.encode(call.payload(), problems)))
              .build();
    } else if (spec.action() instanceof ExtensionAction action) {
      StorableText.problem(action.document(), action.kind()).ifPresent(problems::add);
      encoded = spec.toBuilder().action(StoredAction.of(action)).build();
    }
    problems.throwIfAny();
    return encoded;
  }

  private void checkEgress(String field, URI url, Problems problems) {
    egress.check(field, url).ifPresent(p -> problems.add(p.field(), p.expected(), p.got()));
  }

  static void checkQueue(String queue, EngineSettings settings, Problems problems) {
    Set<String> known = new TreeSet<>(settings.queues().keySet());
    known.remove(ScheduleCursor.QUEUE);
    problems.check(
        known.contains(queue),
        "queue",
        "one of "
            + known
            + "; make another known with TrigRunBuilder.queue(name, permits), with 0 permits if"
            + " other nodes serve it",
        queue);
  }
}
