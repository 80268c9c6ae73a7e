package io.trigrun.http;

import io.trigrun.validation.Problems;

/**
 * A rule about the status, for answers whose status is among the success statuses.
 *
 * @param min the lowest status that holds, 100 or more
 * @param max the highest, 599 or less
 */
public record StatusCheck(int min, int max) implements ResponseCheck {

  /**
   * @throws io.trigrun.validation.ValidationException unless 100 &lt;= min &lt;= max &lt;= 599
   */
  public StatusCheck {
    Problems.require(
        min >= 100 && min <= max && max <= 599,
        "request.checks.min",
        "100 <= min <= max <= 599",
        min + " to " + max);
  }

  CheckResult judge(int status) {
    String expected = min == max ? Integer.toString(min) : min + " to " + max;
    return CheckResult.of(
        status >= min && status <= max, "status", expected, Integer.toString(status));
  }
}
