package io.trigrun.internal;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.Execution;
import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.Trigger;
import io.trigrun.handler.ParentRun;
import io.trigrun.http.BodyPreview;
import io.trigrun.internal.command.CommandJobHandler;
import io.trigrun.spi.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Finds the run that started a run, and the one that started that (row S16). Nothing of a chain is
 * stored but who started whom: it is read from the history, and ends where that was forgotten.
 */
record ParentRuns(JobStore store, Function<UUID, Optional<Job>> jobs) {

  private static final int DEEPEST = 100;
  private static final int LOG_BYTES = 4_096;
  private static final int LONGEST_OUTPUT_ABOVE = 16_384;

  private record Link(Execution child, Execution parent) {}

  /** The run that started it, with all before that; empty if no run has. */
  Optional<ParentRun> of(Execution run) {
    List<Link> links = new ArrayList<>();
    Optional<Execution> parent = executionOf(run);
    Execution child = run;
    while (parent.isPresent() && links.size() < DEEPEST) {
      links.add(new Link(child, parent.get()));
      child = parent.get();
      parent = executionOf(child);
    }
    Optional<ParentRun> chain = Optional.empty();
    for (int i = links.size() - 1; i >= 0; i--) {
      chain = Optional.of(describe(links.get(i), i == 0, chain));
    }
    return chain;
  }

  /** The run that started it. A schedule's own execution, for example, is no run. */
  private Optional<Execution> executionOf(Execution run) {
    boolean mayHaveOne =
        run.jobId().isPresent()
            && (run.trigger() == Trigger.FOLLOW_UP || run.trigger() == Trigger.REPLAY);
    return mayHaveOne
        ? run.parentId()
            .flatMap(id -> store.findExecutions(List.of(id)).stream().findFirst())
            .filter(parent -> parent.workspace().equals(run.workspace()))
            .filter(parent -> parent.jobId().isPresent() && parent.trigger() != Trigger.SYSTEM)
        : Optional.empty();
  }

  private ParentRun describe(Link link, boolean nearest, Optional<ParentRun> above) {
    Execution run = link.parent();
    UUID jobId = run.jobId().orElseThrow();
    Optional<ChainKey> key = link.child().uniqueKey().flatMap(ChainKey::parse);
    int number = key.map(ChainKey::attempt).orElse(run.attempt());
    Optional<Attempt> attempt =
        store.attempts(run.id()).stream()
            .filter(each -> each.number() == number)
            .reduce((earlier, later) -> later);
    return new ParentRun(
        run.id(),
        jobId,
        jobs.apply(jobId).map(Job::name),
        key.map(ChainKey::event),
        number,
        run.state(),
        run.trigger(),
        run.scheduledFor(),
        attempt.map(ParentRuns::failure).orElse(run.failure()),
        attempt
            .filter(each -> run.handler().equals(CommandJobHandler.HANDLER))
            .flatMap(Attempt::statusCode),
        run.output().filter(text -> nearest || text.length() <= LONGEST_OUTPUT_ABOVE),
        attempt.flatMap(Attempt::bodyPreview).map(text -> BodyPreview.cut(text, LOG_BYTES)),
        above);
  }

  private static Optional<Failure> failure(Attempt attempt) {
    return attempt.status() == AttemptStatus.SUCCESS
        ? Optional.empty()
        : Optional.of(
            new Failure(
                attempt.errorClass().orElse("ERROR"), attempt.error().orElse("no message")));
  }
}
