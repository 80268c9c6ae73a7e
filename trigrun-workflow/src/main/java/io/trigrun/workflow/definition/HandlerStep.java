package io.trigrun.workflow.definition;

import io.trigrun.Json;
import io.trigrun.validation.Problems;
import java.util.regex.Pattern;

/**
 * Calls a Java function of the host (row W11). Its output is what the function returns. A node that
 * has no function of the name leaves the run, parked, to one that has.
 *
 * @param handler the name it is registered under: 1 to 100 letters, digits, dots, dashes and
 *     underscores
 * @param input what it is given; strings may be placeholders
 */
public record HandlerStep(String id, String handler, Json input, StepOptions options)
    implements Step {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  public HandlerStep {
    StepRules.requireId(id);
    requireName(handler);
    input = JsonTexts.compact("input", input);
  }

  /**
   * Refuses what no handler can be called.
   *
   * @throws io.trigrun.validation.ValidationException if it is no name
   */
  public static void requireName(String name) {
    Problems.require(
        NAME.matcher(name).matches(),
        "handler",
        "a name of 1 to 100 letters, digits, dots, dashes and underscores",
        name);
  }

  @Override
  public String type() {
    return "handler";
  }

  /** Given this JSON; its strings may be placeholders. */
  public HandlerStep input(String json) {
    return new HandlerStep(id, handler, new Json(json), options);
  }

  @Override
  public HandlerStep with(StepOptions value) {
    return new HandlerStep(id, handler, input, value);
  }
}
