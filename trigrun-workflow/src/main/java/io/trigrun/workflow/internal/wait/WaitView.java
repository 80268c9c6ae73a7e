package io.trigrun.workflow.internal.wait;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A wait as those may see it who have a link to it. All texts may come from strangers.
 *
 * @param votes in the order they came
 */
public record WaitView(Kind kind, Question question, Terms terms, List<Vote> votes, Status status) {

  public WaitView {
    votes = List.copyOf(votes);
  }

  /** Whom it waits for. */
  public enum Kind {
    WEBHOOK,
    APPROVAL
  }

  /** How far it is. */
  public enum Status {
    /** Somebody can still answer: not one whose time is over, even if nobody has noticed yet. */
    OPEN,
    /** Enough have approved. */
    APPROVED,
    REJECTED,
    /** A program has posted what was waited for. */
    RECEIVED,
    EXPIRED,
    /** The run has ended without it: cancelled, or out of time. */
    CLOSED
  }

  /** What counts when nobody has answered in time. */
  public enum OnExpiry {
    FAIL,
    REJECT,
    APPROVE,
    CONTINUE
  }

  /**
   * What is asked.
   *
   * @param workflow its name
   * @param step its id
   * @param title in a line
   * @param fields to be shown beside the message, in this order
   */
  public record Question(
      String workflow, String step, String title, String message, Map<String, String> fields) {

    public Question {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /**
   * The rules of the decision. One rejection is enough.
   *
   * @param expiresAt from when on nobody is listened to
   * @param required how many have to approve, at least 1
   * @param approvers how many are asked by name; 0 if whoever has the link is
   */
  public record Terms(
      Optional<Instant> expiresAt,
      OnExpiry onExpiry,
      boolean requireComment,
      boolean continuesOnReject,
      int required,
      int approvers) {}

  /** What somebody has decided who has a link of their own. */
  public Optional<Vote> voteOf(Optional<String> approver) {
    return approver.flatMap(
        name ->
            votes.stream().filter(vote -> vote.approver().equals(Optional.of(name))).findFirst());
  }

  /** How many have approved so far. */
  public int approvals() {
    return (int) votes.stream().filter(vote -> vote.decision() == Decision.APPROVED).count();
  }
}
