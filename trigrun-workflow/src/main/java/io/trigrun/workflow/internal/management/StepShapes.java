package io.trigrun.workflow.internal.management;

import io.trigrun.http.HttpActionJson;
import io.trigrun.route.ChoiceShape;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import io.trigrun.workflow.definition.Comparison;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Steps as {@code Workflow.fromJson} reads them and {@code toJson} writes them. */
final class StepShapes {

  private static final int LONGEST_TEXT = 10_000;
  private static final long YEAR = 366L * 24 * 60 * 60;

  private static final Shape ID =
      Shape.text("unique in the workflow: a letter, then letters, digits, dashes and underscores")
          .length(1, 64);
  private static final Shape STEPS =
      Shape.list("from top to bottom", Shape.later("Step", () -> StepShapes.STEP)).length(1, 500);

  private static final Shape SOME_STEPS =
      Shape.list("from top to bottom", Shape.later("Step", () -> StepShapes.STEP)).length(0, 500);

  private static final ObjectShape CONDITION =
      Shape.object("Condition", "left, is and right; or exists; or all, any or not of others")
          .optional("left", Shape.any("a value, or a placeholder"))
          .optional(
              "is",
              Shape.words(
                  "how they have to compare",
                  Arrays.stream(Comparison.values()).map(Comparison::jsonName).toList()))
          .optional("right", Shape.any("a value, or a placeholder"))
          .optional("exists", Shape.text("a reference: context.score"))
          .optional("all", conditions("all of which have to hold"))
          .optional("any", conditions("one of which has to hold"))
          .optional("not", condition());

  private static final Shape EXTRACTS =
      Shape.map(
          "parts of the output, by name",
          Shape.either(
              "a JSONPath (RFC 9535), maybe with a value for when it finds nothing",
              Shape.text("$.order.id").length(1, 1_000),
              Shape.object("Extract", "A part of an output that may be missing")
                  .required("path", Shape.text("$.order.id").length(1, 1_000))
                  .optional("default", Shape.any("what it is then"))));

  private static final Shape JOIN =
      Shape.either(
          "how many branches have to succeed; all by default",
          Shape.words("all or any", "all", "any"),
          Shape.whole("so many").range(1, 100_000));
  private static final Shape CONCURRENCY =
      Shape.whole("how many at the same time; 10 by default").range(1, 100);
  private static final Shape INPUT = Shape.any("what it is given; strings may be placeholders");
  private static final Shape TIMEOUT = Shape.whole("of one attempt, or of the wait").range(1, YEAR);

  private static final ObjectShape RETRY =
      Shape.object("StepRetry", "How often a step that failed is tried again")
          .optional("max_attempts", Shape.whole("the first included; 1 by default").range(1, 100))
          .optional("initial_seconds", Shape.number("after the first attempt; 1 by default"))
          .optional("multiplier", Shape.number("by what waits grow; 2 by default"))
          .optional("max_seconds", Shape.number("the longest; 300 by default"))
          .optional("jitter", Shape.number("how much is left to chance; 0.5 by default"));

  private static final ObjectShape REQUEST =
      HttpActionJson.shape()
          .without(Set.of("output"))
          .extended("StepRequest", "An HTTP request, with placeholders of workflows");

  private static final ObjectShape CASE =
      Shape.object("SwitchCase", "A case of a switch")
          .required("when", CONDITION)
          .optional("steps", SOME_STEPS);
  private static final ObjectShape BRANCH =
      Shape.object("Branch", "A branch of a parallel step")
          .required("name", Shape.text("unique in the step").length(1, 64))
          .required("steps", STEPS);
  private static final ObjectShape CONTINUE =
      Shape.object("ContinueWith", "Go on as if this had been posted")
          .required("continue", Shape.any("the output of the step"));

  /** A step of any type. */
  static final ChoiceShape STEP = Shape.choice("Step", "A step of a workflow", "type", types());

  private StepShapes() {}

  private static Shape condition() {
    return Shape.later("Condition", () -> StepShapes.CONDITION);
  }

  private static Shape conditions(String about) {
    return Shape.list(about, condition());
  }

  /** The steps of a workflow. */
  static Shape steps() {
    return STEPS;
  }

  private static Map<String, ObjectShape> types() {
    Map<String, ObjectShape> types = new LinkedHashMap<>();
    types.put("http", tried(step("HttpStep", "Makes a call").required("request", REQUEST)));
    types.put(
        "handler",
        tried(
            step("HandlerStep", "Calls a Java function of the host")
                .required("handler", Shape.text("its name").length(1, 100))
                .optional("input", INPUT)));
    types.put(
        "wait_for_webhook",
        timed(
            step("WaitStep", "Parks the run until somebody posts to its resume_url")
                .optional(
                    "on_timeout",
                    Shape.either(
                        "what becomes of it when nobody has; fail by default",
                        Shape.words("fails", "fail"),
                        CONTINUE))));
    types.put("approval", timed(approval()));
    types.put(
        "switch",
        step("SwitchStep", "The steps of the first case that holds")
            .required("cases", Shape.list("from top to bottom", CASE).length(1, 500))
            .optional("otherwise", SOME_STEPS));
    types.put(
        "parallel",
        step("ParallelStep", "Branches at the same time")
            .required("branches", Shape.list("in any order", BRANCH).length(1, 500))
            .optional("join", JOIN)
            .optional("max_concurrent", CONCURRENCY));
    types.put(
        "foreach",
        step("ForEachStep", "Steps for each element, with item and index")
            .required("items", Shape.any("a list, or a placeholder that gives one"))
            .required("steps", STEPS)
            .optional("join", JOIN)
            .optional("max_concurrent", CONCURRENCY));
    types.put(
        "delay",
        step("DelayStep", "Waits: one of the two")
            .optional("for_seconds", Shape.number("so long"))
            .optional("until", Shape.text("an instant, or a placeholder that gives one")));
    types.put(
        "workflow",
        timed(
            step("RunJobStep", "Runs another job")
                .required("job", Shape.text("its name").length(1, 200))
                .optional("input", INPUT)
                .optional("wait", Shape.flag("whether for its end; yes by default"))));
    types.put(
        "notify",
        step("NotifyStep", "Hands a message to a channel")
            .required("channel", Shape.text("its name").length(1, 200))
            .required("title", Shape.text("in a line").length(1, 200))
            .optional("text", Shape.text("more of it").length(0, LONGEST_TEXT)));
    types.put(
        "set",
        step("SetStep", "Puts values into the context")
            .required("values", Shape.any("an object; its strings may be placeholders")));
    types.put(
        "stop",
        step("StopStep", "Ends the run, wherever it stands")
            .optional("outcome", Shape.words("succeed by default", List.of("succeed", "fail")))
            .optional("message", Shape.text("why it failed").length(0, 1_000))
            .optional("output", Shape.any("what the run gives")));
    return types;
  }

  private static ObjectShape approval() {
    return step("ApprovalStep", "Parks the run until people have decided")
        .optional("title", Shape.text("in a line").length(0, 200))
        .optional("message", Shape.text("what is to be decided").length(0, LONGEST_TEXT))
        .optional(
            "review_fields",
            Shape.map("facts beside it, by name", Shape.text("one").length(0, LONGEST_TEXT)))
        .optional(
            "approvers",
            Shape.list("who is asked, by name", Shape.text("a name").length(1, 100)).length(0, 50))
        .optional("required", Shape.whole("how many have to approve; 1 by default").range(1, 50))
        .optional("require_comment", Shape.flag("whether a decision needs a reason"))
        .optional(
            "on_reject",
            Shape.words("what a no does to the run; fail by default", "fail", "continue"))
        .optional(
            "on_timeout", Shape.words("when too few decided in time", "fail", "reject", "approve"));
  }

  /** What all steps have. */
  private static ObjectShape step(String name, String about) {
    return Shape.object(name, about)
        .required("id", ID)
        .optional("when", CONDITION)
        .optional(
            "on_error", Shape.words("what a failure does; fail by default", "fail", "continue"))
        .optional("extract", EXTRACTS)
        .optional("extract_to_context", EXTRACTS);
  }

  private static ObjectShape timed(ObjectShape step) {
    return step.optional("timeout_seconds", TIMEOUT);
  }

  private static ObjectShape tried(ObjectShape step) {
    return timed(step)
        .optional("retry", RETRY)
        .optional(
            "on_crash",
            Shape.words("what to do if its node died; retry by default", "retry", "fail"));
  }
}
