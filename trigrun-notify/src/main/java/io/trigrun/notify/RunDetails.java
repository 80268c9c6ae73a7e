package io.trigrun.notify;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.JobTriggers.Target;
import io.trigrun.Trigger;
import io.trigrun.command.CommandAction;
import io.trigrun.handler.ParentRun;
import io.trigrun.http.BodyPreview;
import io.trigrun.notify.provider.ParentDetail;
import io.trigrun.notify.provider.RunDetail;
import io.trigrun.spi.AttemptEnd;
import io.trigrun.spi.Definition;
import io.trigrun.spi.Host;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Finds out how a run came about and what it has started.
 *
 * @param parents the run that has started a run
 * @param jobNames the name that a job has today
 */
record RunDetails(
    Function<Execution, Optional<ParentRun>> parents, Function<UUID, Optional<String>> jobNames) {

  private static final int LOG_BYTES = 4_096;
  private static final int NAME_BYTES = 800;
  private static final int REASON_BYTES = 1_000;

  static RunDetails of(Host host) {
    return new RunDetails(
        host::parentOf,
        host.cache(
                (UUID id) ->
                    host.store().findDefinitions(List.of(id)).stream()
                        .findFirst()
                        .map(Definition::name))
            ::get);
  }

  RunDetail of(AttemptEnd end, Job job) {
    Execution run = end.execution();
    boolean mayHaveParent =
        run.trigger() == Trigger.FOLLOW_UP || run.trigger() == Trigger.REPLAY; // spares the read
    return new RunDetail(
        run.attempt(),
        run.state() == ExecutionState.FAILED,
        run.trigger(),
        run.scheduledFor(),
        end.attempt()
            .filter(attempt -> job.spec().action() instanceof CommandAction)
            .flatMap(Attempt::statusCode),
        reason(end),
        started(end, job),
        (mayHaveParent ? parents.apply(run) : Optional.<ParentRun>empty())
            .map(parent -> parent(parent, true)));
  }

  private static Optional<String> reason(AttemptEnd end) {
    return end.execution().state() == ExecutionState.SUCCEEDED
        ? Optional.empty()
        : end.execution()
            .failure()
            .map(Failure::message)
            .map(text -> BodyPreview.cut(text, REASON_BYTES));
  }

  /** As core starts them: by the failed attempt, by the end, or by both. */
  private List<String> started(AttemptEnd end, Job job) {
    return end.events().stream()
        .flatMap(event -> job.spec().triggers().of(event).stream())
        .flatMap(target -> name(target).stream())
        .map(name -> BodyPreview.cut(name, NAME_BYTES))
        .toList();
  }

  private Optional<String> name(Target target) {
    return target.id().flatMap(jobNames);
  }

  private static ParentDetail parent(ParentRun run, boolean nearest) {
    return new ParentDetail(
        run.jobName().map(name -> BodyPreview.cut(name, NAME_BYTES)).orElse("deleted job"),
        run.event(),
        run.failure().isEmpty(),
        run.exitCode(),
        run.log().filter(text -> nearest).map(text -> BodyPreview.cut(text, LOG_BYTES)),
        run.trigger(),
        run.triggeredAt(),
        run.parent().map(parent -> parent(parent, false)));
  }
}
