package io.trigrun.workflow.internal.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A wait key taken apart: {@code review[3]~1/0} is the vote of the first approver on step {@code
 * review} for the fourth element, which is asked for the second time as the run was retried.
 *
 * @param stepKey {@code review[3]}
 * @param key {@code review[3]~1}
 * @param approver a place in the list of approvers; 0 if there is none
 */
record WaitKey(String stepId, String stepKey, String key, int approver) {

  /** Of a line of the journal, if it is not the step's key. */
  static final String FIELD = "wait";

  private static final Pattern FORM =
      Pattern.compile(
          "(([A-Za-z][A-Za-z0-9_-]*)(?:\\[[0-9]{1,6}(?:,[0-9]{1,6})*])?)(~[0-9]+)?(?:/([0-9]{1,3}))?");

  static WaitKey parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return new WaitKey("", text, text, 0);
    }
    String generation = parts.group(3) == null ? "" : parts.group(3);
    String approver = parts.group(4);
    return new WaitKey(
        parts.group(2),
        parts.group(1),
        parts.group(1) + generation,
        approver == null ? 0 : Integer.parseInt(approver));
  }

  /** The elements of the for-eaches around the step, the outermost first. */
  List<Integer> iteration() {
    int from = stepKey.indexOf('[');
    return from < 0
        ? List.of()
        : Arrays.stream(stepKey.substring(from + 1, stepKey.length() - 1).split(",", -1))
            .map(Integer::valueOf)
            .toList();
  }

  /** The key, without an approver, by which a step has waited that a line of the journal is of. */
  static String of(JsonNode entry) {
    return entry.path(FIELD).asString(stepKey(entry));
  }

  private static String stepKey(JsonNode entry) {
    List<String> iteration = new ArrayList<>();
    entry.path("iteration").values().forEach(index -> iteration.add(index.asString()));
    String id = entry.path("step_id").asString("");
    return iteration.isEmpty() ? id : id + "[" + String.join(",", iteration) + "]";
  }
}
