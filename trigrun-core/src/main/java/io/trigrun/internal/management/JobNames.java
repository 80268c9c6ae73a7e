package io.trigrun.internal.management;

import io.trigrun.Execution;
import io.trigrun.route.Call;
import io.trigrun.spi.Definition;
import io.trigrun.spi.JobStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the jobs of executions are called: one read for a page of them. */
final class JobNames {

  private static final String JOB = "job";

  private final JobStore store;

  JobNames(JobStore store) {
    this.store = store;
  }

  Map<UUID, String> of(Call call, Collection<Execution> executions) {
    List<UUID> ids =
        executions.stream().flatMap(execution -> execution.jobId().stream()).distinct().toList();
    return store.findDefinitions(ids).stream()
        .filter(found -> found.workspace().equals(call.workspace().name()))
        .filter(found -> found.kind().equals(JOB))
        .collect(Collectors.toMap(Definition::id, Definition::name));
  }
}
