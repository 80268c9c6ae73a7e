package io.trigrun.internal.management;

import io.trigrun.Execution;
import io.trigrun.route.Call;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What the jobs of executions are called. */
final class JobNames {

  private JobNames() {}

  static Map<UUID, String> of(Call call, Collection<Execution> executions) {
    Map<UUID, String> names = new HashMap<>();
    executions.stream()
        .flatMap(execution -> execution.jobId().stream())
        .distinct()
        .forEach(
            id -> call.workspace().jobs().find(id).ifPresent(job -> names.put(id, job.name())));
    return names;
  }
}
