package io.trigrun.workflow.internal.inbound;

import io.trigrun.workflow.internal.wait.Decision;
import io.trigrun.workflow.internal.wait.Vote;
import io.trigrun.workflow.internal.wait.WaitView;
import io.trigrun.workflow.internal.wait.WaitView.Terms;
import java.util.Optional;

/**
 * What there is to say where there is nothing to decide.
 *
 * @param mark a character that catches the eye
 * @param tone yes, no or over: its colour
 */
record Outcome(String mark, String tone, String heading, String sentence) {

  /** After a decision that counts. */
  static Outcome thanks(Decision decision, int missing, Terms terms) {
    return of(decision, "Thank you: " + decision.word(), consequence(decision, missing, terms));
  }

  /** After the same decision again. */
  static Outcome repeated(Decision decision, int missing, Terms terms) {
    return of(
        decision,
        "You have already " + decision.word(),
        "Your decision had been recorded before. " + consequence(decision, missing, terms));
  }

  /** After a decision that comes too late, as another one counts. */
  static Outcome contradicted(Decision decision, Optional<Vote> winner) {
    String noun = decision == Decision.APPROVED ? "approval" : "rejection";
    Decision other =
        winner
            .map(Vote::decision)
            .orElse(decision == Decision.APPROVED ? Decision.REJECTED : Decision.APPROVED);
    String who = winner.map(vote -> " by " + Voices.who(vote)).orElse("");
    return of(
        other,
        "Already " + other.word(),
        "It was " + other.word() + who + " before. Your " + noun + " was not recorded.");
  }

  /** Somebody who has decided comes back while others are still asked. */
  static Outcome waiting(Vote own, int missing, Terms terms) {
    return of(
        own.decision(),
        "You have " + own.decision().word(),
        consequence(own.decision(), missing, terms));
  }

  /** The wait is over. */
  static Outcome over(WaitView view) {
    return switch (view.status()) {
      case APPROVED -> of(Decision.APPROVED, "Approved", "The workflow goes on.");
      case REJECTED -> of(Decision.REJECTED, "Rejected", afterRejection(view.terms()));
      case EXPIRED -> expired(view);
      case OPEN, RECEIVED, CLOSED -> closed();
    };
  }

  static Outcome expired(WaitView view) {
    String since =
        view.terms()
            .expiresAt()
            .map(at -> "The time for it ended on " + PageTime.of(at) + ". ")
            .orElse("");
    return new Outcome("–", "over", "Too late to decide", since + afterExpiry(view.terms()));
  }

  static Outcome closed() {
    return new Outcome(
        "–", "over", "No decision is needed any more", "The run that asked for it has ended.");
  }

  /** What nobody learns more about. */
  static Outcome badLink() {
    return new Outcome(
        "?",
        "over",
        "This link does not work",
        "It may be incomplete, or no longer valid. Open it again from the message that you got, whole.");
  }

  static Outcome notYet() {
    return new Outcome(
        "…",
        "over",
        "There is nothing to decide here now",
        "The workflow has not come to this question yet, or it ended long ago. Try again later.");
  }

  static Outcome tooMany() {
    return new Outcome("–", "over", "Too many attempts", "Please wait a minute and try again.");
  }

  static Outcome unavailable() {
    return new Outcome(
        "–", "over", "Not available at the moment", "Nothing was changed. Please try again soon.");
  }

  static Outcome elsewhere() {
    return new Outcome(
        "–",
        "over",
        "Nothing was recorded",
        "This came from another site. Open the link itself to decide.");
  }

  static String afterRejection(Terms terms) {
    return terms.continuesOnReject()
        ? "The workflow goes on, and knows that the answer was no."
        : "The workflow ends here, as rejected.";
  }

  /** What the passing of time means, as it will be or as it was. */
  static String afterExpiry(Terms terms) {
    return switch (terms.onExpiry()) {
      case FAIL -> "Without a decision in time, the workflow fails.";
      case REJECT -> "Without a decision in time, it counts as rejected.";
      case APPROVE -> "Without a decision in time, it counts as approved.";
      case CONTINUE -> "Without a decision in time, the workflow goes on.";
    };
  }

  static String more(int missing) {
    return missing == 1 ? "1 more approval" : missing + " more approvals";
  }

  private static String consequence(Decision decision, int missing, Terms terms) {
    if (decision == Decision.REJECTED) {
      return afterRejection(terms);
    }
    return missing == 0
        ? "The workflow goes on."
        : "The workflow goes on after " + more(missing) + ".";
  }

  private static Outcome of(Decision decision, String heading, String sentence) {
    boolean isYes = decision == Decision.APPROVED;
    return new Outcome(isYes ? "✓" : "✕", isYes ? "yes" : "no", heading, sentence);
  }
}
