package io.trigrun.spi;

import io.trigrun.RetryPolicy;
import io.trigrun.validation.Problems;
import java.util.regex.Pattern;

/**
 * A handler and its defaults.
 *
 * @param name what executions refer to it by: 1 to 100 letters, digits, dots, dashes and
 *     underscores. It is stored: renaming a handler orphans what is enqueued
 * @param queue where its executions go unless they say otherwise; a name of the same form
 * @param retry how its executions are retried unless their job says otherwise
 */
public record HandlerRegistration(
    String name, String queue, RetryPolicy retry, ExecutionHandler handler) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final String EXPECTED = "1 to 100 letters, digits, dots, dashes and underscores";

  public HandlerRegistration {
    Problems.require(NAME.matcher(name).matches(), "handler", EXPECTED, name);
    Problems.require(NAME.matcher(queue).matches(), "queue", EXPECTED, queue);
  }
}
