package io.trigrun.workflow.internal.wait;

import java.util.Locale;

/** Yes or no. */
public enum Decision {
  APPROVED,
  REJECTED;

  /** {@code approved} or {@code rejected}, in JSON and in sentences. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
