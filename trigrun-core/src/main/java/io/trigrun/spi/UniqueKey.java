package io.trigrun.spi;

import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;

/**
 * An idempotency key.
 *
 * @param value 1 to 200 characters, without U+0000 and unpaired surrogates
 * @param scope how long it is taken
 */
public record UniqueKey(String value, Scope scope) {

  private static final int LONGEST = 200;

  /** How long a key is taken. */
  public enum Scope {
    /** Until the execution has ended. */
    WHILE_LIVE,
    /** Until the execution is purged: nothing is ever done twice while it is remembered. */
    WHILE_KEPT
  }

  /** A key that is taken as long as the execution is kept. */
  public static UniqueKey whileKept(String value) {
    return new UniqueKey(value, Scope.WHILE_KEPT);
  }

  public UniqueKey {
    Problems.require(
        !value.isEmpty() && value.length() <= LONGEST, "unique_key", "1 to 200 characters", value);
    StorableText.require(value, "unique_key");
  }
}
