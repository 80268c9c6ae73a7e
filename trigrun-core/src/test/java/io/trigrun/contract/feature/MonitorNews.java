package io.trigrun.contract.feature;

import io.trigrun.Execution;
import io.trigrun.Json;
import io.trigrun.Priority;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.Trigger;
import io.trigrun.monitor.MonitorChange;
import io.trigrun.spi.Extension;
import io.trigrun.spi.Host;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Enqueues an execution for each change of a monitor, with no key that would hide a second one: as
 * many as there are, so often was it told.
 */
final class MonitorNews implements Extension {

  static final String HANDLER = "news";

  private Consumer<MonitorChange> meanwhile = change -> {};

  /** Adds it to a node that can run what it enqueues. */
  TrigRunBuilder addTo(TrigRunBuilder builder) {
    return builder.extension(this).handler(HANDLER, Json.class, (payload, job) -> {});
  }

  /** Something happens, once, between the look at the monitor and the write. */
  void meanwhile(Runnable action) {
    meanwhile =
        change -> {
          meanwhile = next -> {};
          action.run();
        };
  }

  @Override
  public Contribution join(Host host) {
    return new Contribution(List.of(), List.of()).withMonitorFollowUps(this::plan);
  }

  private WriteSet plan(MonitorChange change) {
    meanwhile.accept(change);
    return WriteSet.enqueue(
        List.of(
            new NewExecution(
                TimeOrderedId.at(change.at()),
                change.monitor().workspace(),
                "default",
                HANDLER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Trigger.FOLLOW_UP,
                Priority.NORMAL,
                change.at(),
                change.at(),
                change.at(),
                Optional.empty(),
                Optional.empty(),
                "\"" + change.kind() + " " + change.monitor().name() + "\"")));
  }

  /** What was told, the earliest first: {@code DOWN backup}, for example. */
  static List<String> told(TrigRun trigrun) {
    var query = trigrun.executions().query().handler(HANDLER).limit(1_000);
    return trigrun.executions().list(query).items().stream()
        .sorted(Comparator.comparing(Execution::createdAt).thenComparing(Execution::id))
        .map(execution -> execution.payload().replace("\"", ""))
        .toList();
  }
}
