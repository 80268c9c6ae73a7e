package io.trigrun.workflow;

import java.time.Duration;
import java.util.Optional;

/** How a {@link StepHandler} says that a step failed, and whether another attempt may help. */
public final class StepFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String errorClass;
  private final boolean isRetryable;
  private final transient Optional<Duration> retryAfter;

  /**
   * A failure that another attempt may mend.
   *
   * @param errorClass a short word, {@code OUT_OF_STOCK} for example
   */
  public StepFailedException(String errorClass, String message) {
    this(errorClass, message, true, Optional.empty());
  }

  private StepFailedException(
      String errorClass, String message, boolean isRetryable, Optional<Duration> retryAfter) {
    super(message);
    this.errorClass = errorClass;
    this.isRetryable = isRetryable;
    this.retryAfter = retryAfter;
  }

  /** The same, but another attempt is pointless. */
  public StepFailedException withoutRetry() {
    return new StepFailedException(errorClass, String.valueOf(getMessage()), false, retryAfter);
  }

  /** The same, to be tried again, but not sooner than this. */
  public StepFailedException retryAfter(Duration wait) {
    return new StepFailedException(
        errorClass, String.valueOf(getMessage()), true, Optional.of(wait));
  }

  public String errorClass() {
    return errorClass;
  }

  public boolean isRetryable() {
    return isRetryable;
  }

  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
