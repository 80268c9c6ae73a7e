package io.trigrun.workflow.definition;

import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.util.regex.Pattern;

/** Names the fields of core's problems with a request by JSON pointers. */
final class RequestPointers {

  private static final String REQUEST = "request";
  private static final String HEADERS = "/headers/";
  private static final Pattern POSITION = Pattern.compile("\\[([0-9]+)]");

  private RequestPointers() {}

  static void add(String pointer, ValidationException e, Problems problems) {
    e.problems()
        .forEach(
            problem ->
                problems.add(
                    new Problem(
                        pointer + below(problem.field()), problem.expected(), problem.got())));
  }

  /** {@code request.checks[0].op} becomes {@code /checks/0/op}. */
  private static String below(String field) {
    String path = field.startsWith(REQUEST) ? field.substring(REQUEST.length()) : "." + field;
    if (path.startsWith(".headers.")) {
      return HEADERS + path.substring(HEADERS.length()).replace("~", "~0").replace("/", "~1");
    }
    return POSITION.matcher(path).replaceAll(".$1").replace('.', '/');
  }
}
