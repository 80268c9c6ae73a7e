package io.trigrun.notify;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.http.BodyPreview;
import io.trigrun.notify.provider.ExecutionSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.notify.provider.RunDetail;
import io.trigrun.spi.AttemptEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the end of an attempt into a message, with texts that any store and receiver can hold. */
final class ExecutionMessages {

  private static final int PREVIEW_BYTES = 4_096;
  private static final int WORD_BYTES = 200;
  private static final int REASON_BYTES = 1_000;
  private static final int NAME_BYTES = 800;

  private ExecutionMessages() {}

  static Message of(AttemptEnd end, Job job, RunDetail run, NotificationEvent event) {
    Execution execution = end.execution();
    ExecutionSubject subject = subject(end, job, run);
    return new Message(event.wireName(), end.at(), subject, notice(execution, subject));
  }

  private static ExecutionSubject subject(AttemptEnd end, Job job, RunDetail run) {
    Execution execution = end.execution();
    boolean succeeded = execution.state() == ExecutionState.SUCCEEDED;
    Optional<String> errorClass =
        end.attempt()
            .flatMap(Attempt::errorClass)
            .or(() -> execution.failure().map(Failure::errorClass))
            .filter(word -> !succeeded);
    return new ExecutionSubject(
        job.id(),
        BodyPreview.cut(job.name(), NAME_BYTES),
        execution.id(),
        execution.state().jsonName(),
        end.attempt().flatMap(Attempt::statusCode),
        end.attempt()
            .flatMap(Attempt::bodyPreview)
            .map(text -> BodyPreview.cut(text, PREVIEW_BYTES)),
        errorClass.map(word -> BodyPreview.cut(word, WORD_BYTES)),
        execution.output(),
        run);
  }

  private static Notice notice(Execution execution, ExecutionSubject subject) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Status", subject.status()));
    subject.statusCode().ifPresent(code -> facts.add(new Fact("Status code", code.toString())));
    subject.errorClass().ifPresent(word -> facts.add(new Fact("Error", word)));
    execution
        .failure()
        .filter(why -> subject.errorClass().isPresent())
        .ifPresent(
            why -> facts.add(new Fact("Reason", BodyPreview.cut(why.message(), REASON_BYTES))));
    facts.add(new Fact("Attempt", Integer.toString(execution.attempt())));
    facts.add(new Fact("Execution", execution.id().toString()));
    return Notice.of(Titles.line(subject.jobName(), verb(execution)), tone(execution))
        .withFacts(facts)
        .withOutput(subject.bodyPreview().filter(text -> !text.isBlank()));
  }

  private static String verb(Execution execution) {
    return switch (execution.state()) {
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed";
      default -> "failed an attempt and is tried again";
    };
  }

  private static Tone tone(Execution execution) {
    return switch (execution.state()) {
      case SUCCEEDED -> Tone.GOOD;
      case FAILED -> Tone.BAD;
      default -> Tone.WARNING;
    };
  }
}
