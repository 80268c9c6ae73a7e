package io.trigrun.workflow.internal.link;

import io.trigrun.validation.Problems;
import java.util.Optional;
import java.util.UUID;

/**
 * Who may do what about which wait.
 *
 * @param executionId of the run
 * @param waitKey which of its waits: path of the step and iteration, 1 to 500 characters
 * @param purpose what it is for
 * @param approver whose link it is, 1 to 200 characters; empty for whoever has it
 */
public record WaitLink(
    UUID executionId, String waitKey, Purpose purpose, Optional<String> approver) {

  private static final int LONGEST_KEY = 500;
  private static final int LONGEST_APPROVER = 200;

  /**
   * @throws io.trigrun.validation.ValidationException beyond these lengths
   */
  public WaitLink {
    Problems.require(
        !waitKey.isEmpty() && waitKey.length() <= LONGEST_KEY,
        "wait_key",
        "1 to " + LONGEST_KEY + " characters",
        waitKey.length() + " characters");
    approver.ifPresent(
        name ->
            Problems.require(
                !name.isEmpty() && name.length() <= LONGEST_APPROVER,
                "approver",
                "1 to " + LONGEST_APPROVER + " characters",
                name.length() + " characters"));
  }

  /** The same wait and approver for something else. */
  public WaitLink to(Purpose other) {
    return new WaitLink(executionId, waitKey, other, approver);
  }

  /** Tells waits from each other, whoever the link is for. */
  public String waitId() {
    return executionId + "/" + waitKey;
  }
}
