package io.trigrun;

import io.trigrun.validation.Problems;
import java.util.regex.Pattern;

/** What handlers and queues may be called: what every store and log can hold. */
final class HandlerNames {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private HandlerNames() {}

  static void require(String field, String name) {
    Problems.require(
        NAME.matcher(name).matches(),
        field,
        "a name of 1 to 100 letters, digits, dots, dashes and underscores",
        name);
  }

  /** As {@link #require}, and not one of the library's own. */
  static void requireOfHost(String name) {
    require("handler", name);
    Problems.require(
        !name.startsWith("trigrun."), "handler", "a name that does not start with trigrun.", name);
  }
}
