package io.trigrun.internal.secret;

import io.trigrun.ConflictException;
import io.trigrun.ConflictException.Referrer;
import io.trigrun.spi.JobStore;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Says who needs something. */
public final class Referrers {

  private static final int SHOWN = 10;
  private static final int MOST = 100;

  private Referrers() {}

  /** By kind and name; 100 of them at most. */
  public static List<Referrer> of(JobStore store, List<UUID> ids) {
    return store.findDefinitions(ids.subList(0, Math.min(MOST, ids.size()))).stream()
        .map(found -> new Referrer(found.kind(), found.id(), found.name()))
        .sorted(Comparator.comparing(Referrer::kind).thenComparing(Referrer::name))
        .toList();
  }

  static ConflictException conflict(JobStore store, String name, List<UUID> ids) {
    List<Referrer> referrers = of(store, ids);
    String shown =
        referrers.stream()
            .limit(SHOWN)
            .map(referrer -> referrer.kind() + " " + referrer.name())
            .collect(Collectors.joining(", "));
    int more = ids.size() - SHOWN;
    return new ConflictException(
        "expected secret "
            + name
            + " to be free to go, but it is needed by "
            + shown
            + (more > 0 ? " and " + more + " more" : "")
            + "; change or delete them first",
        referrers);
  }
}
