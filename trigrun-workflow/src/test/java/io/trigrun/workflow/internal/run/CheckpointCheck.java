package io.trigrun.workflow.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

/** What every checkpoint is good for: it is read as it was written. */
public final class CheckpointCheck {

  private CheckpointCheck() {}

  /** Checks one. */
  public static void check(String checkpoint) {
    assertThat(StateJson.write(StateJson.read(checkpoint))).isEqualTo(checkpoint);
  }
}
