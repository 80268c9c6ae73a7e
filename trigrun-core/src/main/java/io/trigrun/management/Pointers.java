package io.trigrun.management;

import java.util.regex.Pattern;

/** Fields as JSON pointers (RFC 6901). */
final class Pointers {

  private static final Pattern STEPS = Pattern.compile("\\.|\\[|](\\.|(?=\\[)|$)");

  private Pointers() {}

  /** {@code /retry_policy/0} for {@code retry_policy[0]}, as builders say; a pointer as it is. */
  static String of(String field) {
    if (field.isEmpty() || field.startsWith("/")) {
      return field;
    }
    return "/"
        + STEPS
            .matcher(field)
            .replaceAll(step -> step.group().equals("]") ? "" : "/")
            .replace("//", "/");
  }
}
