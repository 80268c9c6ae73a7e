package io.trigrun.notify;

import io.trigrun.notify.internal.Timestamps;
import io.trigrun.notify.provider.ApprovalSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.notify.provider.RunReference;
import io.trigrun.spi.MessageOutlet.ApprovalRequest;
import io.trigrun.spi.MessageOutlet.Reviewer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what a run asks one reviewer into a message. */
final class ApprovalMessages {

  private static final int MOST_FACTS = 20;

  private ApprovalMessages() {}

  /**
   * @param reviewer empty if it can't be decided by a link
   */
  static Message of(ApprovalRequest request, Optional<Reviewer> reviewer) {
    RunReference run = RunWords.run(request.job(), request.executionId());
    String asked = request.title().isBlank() ? request.step() : request.title();
    ApprovalSubject subject =
        new ApprovalSubject(
            run,
            request.step(),
            RunWords.title("", asked),
            RunWords.whole(request.text()),
            RunWords.fields(request.fields()),
            reviewer.flatMap(Reviewer::name).map(name -> RunWords.title("", name)),
            reviewer.flatMap(who -> link(who.url())),
            request.expiresAt());
    return new Message(
        NotificationEvent.ON_APPROVAL_REQUIRED.wireName(), request.at(), subject, notice(subject));
  }

  /** By when comes before what: a medium that is short of room leaves out the last ones. */
  private static Notice notice(ApprovalSubject subject) {
    List<Fact> facts = new ArrayList<>();
    subject.approver().ifPresent(name -> facts.add(new Fact("For", name)));
    facts.add(new Fact("Decide by", Timestamps.forPeople(subject.expiresAt())));
    subject.run().jobName().ifPresent(name -> facts.add(new Fact("Job", name)));
    facts.addAll(RunWords.facts(subject.fields(), MOST_FACTS - 1 - facts.size()));
    facts.add(new Fact("Execution", subject.run().executionId().toString()));
    return new Notice(
        RunWords.title("Approval needed: ", subject.title()),
        Tone.WARNING,
        RunWords.text(subject.text()),
        facts,
        Optional.empty(),
        subject.reviewUrl());
  }

  /** What is no URL leads nowhere; no exception may quote it. */
  private static Optional<URI> link(String url) {
    try {
      return Optional.of(new URI(url));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
