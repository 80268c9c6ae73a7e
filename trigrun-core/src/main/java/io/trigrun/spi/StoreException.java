package io.trigrun.spi;

/**
 * A store could not do its work. What was asked for may or may not have happened.
 *
 * <p>Thrown by implementations of {@link JobStore}; the engine backs off and repeats what is
 * {@linkplain #isRetryable() retryable}.
 */
public class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean retryable;

  private StoreException(String message, Throwable cause, boolean retryable) {
    super(message, cause);
    this.retryable = retryable;
  }

  /** The store is out of reach or overloaded: the same call may succeed later. */
  public static StoreException unavailable(String message, Throwable cause) {
    return new StoreException(message, cause, true);
  }

  /** The store refuses this very call (a value it can't hold, say): repeating it is pointless. */
  public static StoreException refused(String message, Throwable cause) {
    return new StoreException(message, cause, false);
  }

  public boolean isRetryable() {
    return retryable;
  }
}
