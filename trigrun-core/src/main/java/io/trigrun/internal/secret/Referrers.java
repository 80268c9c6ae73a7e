package io.trigrun.internal.secret;

import io.trigrun.spi.JobStore;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Says who needs a secret. */
final class Referrers {

  private static final int SHOWN = 10;

  private Referrers() {}

  static String message(JobStore store, String name, List<UUID> referrers) {
    String shown =
        store.findDefinitions(referrers.subList(0, Math.min(SHOWN, referrers.size()))).stream()
            .map(definition -> definition.kind() + " " + definition.name())
            .sorted()
            .collect(Collectors.joining(", "));
    int more = referrers.size() - SHOWN;
    return "expected secret "
        + name
        + " to be free to go, but it is needed by "
        + shown
        + (more > 0 ? " and " + more + " more" : "")
        + "; change or delete them first";
  }
}
