package io.trigrun.notify.channel;

import io.trigrun.notify.provider.ExecutionSubject;
import io.trigrun.notify.provider.ParentDetail;
import java.util.Optional;

/**
 * The number that the older formats (row N8) know a run by: 0 stands for success, and for nothing
 * else; of a failed command it is the exit code, of other failures 1.
 */
final class OlderStatus {

  private OlderStatus() {}

  static int of(ExecutionSubject run) {
    return of(run.status().equals("succeeded"), run.run().exitCode());
  }

  static int of(ParentDetail run) {
    return of(run.succeeded(), run.exitCode());
  }

  private static int of(boolean succeeded, Optional<Integer> exitCode) {
    return succeeded ? 0 : exitCode.filter(code -> code != 0).orElse(1);
  }
}
