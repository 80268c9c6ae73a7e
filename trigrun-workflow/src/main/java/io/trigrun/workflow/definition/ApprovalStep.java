package io.trigrun.workflow.definition;

import io.trigrun.validation.Problems;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parks the run until people have decided (rows W6, W13). Its output is {@code {"decision",
 * "comment", "decided_by", "decided_at", "votes"}}. The run fails with {@code REJECTED} when the
 * answer is no, unless {@code continueOnReject}.
 *
 * @param title in a line, at most 200 characters; empty for the step's id
 * @param message what is to be decided, at most 10,000 characters
 * @param reviewFields what to show beside it, by name: at most 50
 * @param approvers who is asked, by name: each gets links of their own. Empty for one set of links
 *     for whoever has it
 * @param required how many have to approve: 1, or up to the number of approvers. One rejection is
 *     enough
 * @param requireComment whether a decision needs a reason
 * @param continueOnReject whether the run goes on after a no
 * @param onTimeout what becomes of it when too few decided in time: fails by default
 */
public record ApprovalStep(
    String id,
    String title,
    String message,
    Map<String, String> reviewFields,
    List<String> approvers,
    int required,
    boolean requireComment,
    boolean continueOnReject,
    OnTimeout onTimeout,
    StepOptions options)
    implements Step {

  private static final int LONGEST_TITLE = 200;
  private static final int LONGEST_MESSAGE = 10_000;
  private static final int MOST_FIELDS = 50;
  private static final int MOST_APPROVERS = 50;

  public ApprovalStep {
    reviewFields = Collections.unmodifiableMap(new LinkedHashMap<>(reviewFields));
    approvers = List.copyOf(approvers);
    StepRules.requireId(id);
    StepRules.requireText("title", title, LONGEST_TITLE);
    StepRules.requireText("message", message, LONGEST_MESSAGE);
    Problems.require(
        reviewFields.size() <= MOST_FIELDS,
        "review_fields",
        "at most " + MOST_FIELDS + " fields",
        reviewFields.size() + " fields");
    reviewFields.forEach(
        (name, value) -> {
          Problems.require(
              !name.isBlank() && name.length() <= 100,
              "review_fields",
              "names of 1 to 100 characters",
              name);
          StepRules.requireText("review_fields", value, LONGEST_MESSAGE);
        });
    Problems.require(
        approvers.size() <= MOST_APPROVERS && new HashSet<>(approvers).size() == approvers.size(),
        "approvers",
        "at most " + MOST_APPROVERS + " names, each once",
        approvers);
    approvers.forEach(
        name ->
            Problems.require(
                !name.isBlank()
                    && name.length() <= 100
                    && name.chars().noneMatch(Character::isISOControl),
                "approvers",
                "names of 1 to 100 characters without control characters",
                name));
    Problems.require(
        required >= 1 && required <= Math.max(1, approvers.size()),
        "required",
        "1, or up to the number of approvers (" + approvers.size() + ")",
        required);
    Problems.require(
        !(onTimeout instanceof OnTimeout.Continue),
        "on_timeout",
        "fail, reject or approve",
        "a value to continue with");
  }

  static ApprovalStep of(String id, String message) {
    return new ApprovalStep(
        id,
        "",
        message,
        Map.of(),
        List.of(),
        1,
        false,
        false,
        OnTimeout.fail(),
        StepOptions.none());
  }

  @Override
  public String type() {
    return "approval";
  }

  public ApprovalStep title(String value) {
    return new ApprovalStep(
        id,
        value,
        message,
        reviewFields,
        approvers,
        required,
        requireComment,
        continueOnReject,
        onTimeout,
        options);
  }

  /** Shows one more value beside the message; it may be a placeholder. */
  public ApprovalStep reviewField(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(reviewFields);
    more.put(name, value);
    return new ApprovalStep(
        id,
        title,
        message,
        more,
        approvers,
        required,
        requireComment,
        continueOnReject,
        onTimeout,
        options);
  }

  /**
   * Asks these people, each by links of their own.
   *
   * @param atLeast how many have to approve
   */
  public ApprovalStep approvers(int atLeast, String... names) {
    return new ApprovalStep(
        id,
        title,
        message,
        reviewFields,
        List.of(names),
        atLeast,
        requireComment,
        continueOnReject,
        onTimeout,
        options);
  }

  /** A decision needs a reason. */
  public ApprovalStep requiringComment() {
    return new ApprovalStep(
        id,
        title,
        message,
        reviewFields,
        approvers,
        required,
        true,
        continueOnReject,
        onTimeout,
        options);
  }

  /** The run goes on after a no: look at {@code {{steps.<id>.output.decision}}}. */
  public ApprovalStep continuingOnReject() {
    return new ApprovalStep(
        id,
        title,
        message,
        reviewFields,
        approvers,
        required,
        requireComment,
        true,
        onTimeout,
        options);
  }

  /** What becomes of it when too few decide in time. */
  public ApprovalStep onTimeout(OnTimeout value) {
    return new ApprovalStep(
        id,
        title,
        message,
        reviewFields,
        approvers,
        required,
        requireComment,
        continueOnReject,
        value,
        options);
  }

  @Override
  public ApprovalStep with(StepOptions value) {
    return new ApprovalStep(
        id,
        title,
        message,
        reviewFields,
        approvers,
        required,
        requireComment,
        continueOnReject,
        onTimeout,
        value);
  }
}
