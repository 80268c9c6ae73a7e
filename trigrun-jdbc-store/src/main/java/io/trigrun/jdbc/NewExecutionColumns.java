package io.trigrun.jdbc;

import static java.util.stream.Collectors.joining;

import io.trigrun.spi.Concurrency;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.UniqueKey;
import io.trigrun.trace.TraceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** New executions as rows of a FROM clause, where the database takes arrays. */
final class NewExecutionColumns {

  /**
   * A column.
   *
   * @param value what is compared to see whether it is the same for all
   */
  private record Column(
      String name,
      String type,
      Function<NewExecution, ?> value,
      Function<NewExecution, @Nullable String> text) {

    static Column text(String name, Function<NewExecution, @Nullable String> text) {
      return new Column(name, "text", text, text);
    }

    static Column id(String name, Function<NewExecution, Optional<UUID>> id) {
      return new Column(name, "uuid", id, e -> id.apply(e).map(UUID::toString).orElse(null));
    }

    static Column instant(String name, Function<NewExecution, Instant> instant) {
      return new Column(name, "timestamptz", instant, e -> InstantText.of(instant.apply(e)));
    }
  }

  /** Different for each. */
  private static final List<Column> OWN =
      List.of(
          new Column("id", "uuid", NewExecution::id, e -> e.id().toString()),
          Column.text("payload", NewExecution::payload));

  /** Often the same for all of a batch. */
  private static final List<Column> COMMON =
      List.of(
          Column.text("workspace", NewExecution::workspace),
          Column.text("queue", NewExecution::queue),
          Column.text("handler", NewExecution::handler),
          Column.id("job_id", NewExecution::jobId),
          Column.id("parent_id", NewExecution::parentId),
          Column.id("replay_of", NewExecution::replayOf),
          Column.text("caused_by", e -> e.trigger().name()),
          new Column(
              "priority",
              "smallint",
              NewExecution::priority,
              e -> Integer.toString(e.priority().level())),
          Column.instant("due_at", NewExecution::dueAt),
          Column.instant("scheduled_for", NewExecution::scheduledFor),
          Column.instant("created_at", NewExecution::createdAt),
          new Column(
              "unique_key",
              "text",
              NewExecution::uniqueKey,
              e -> e.uniqueKey().map(UniqueKey::value).orElse(null)),
          new Column(
              "unique_scope",
              "text",
              NewExecution::uniqueKey,
              e -> e.uniqueKey().map(key -> key.scope().name()).orElse(null)),
          new Column(
              "concurrency_key",
              "text",
              NewExecution::concurrency,
              e -> e.concurrency().map(Concurrency::key).orElse(null)),
          new Column(
              "concurrency_limit",
              "integer",
              NewExecution::concurrency,
              e -> e.concurrency().map(one -> Integer.toString(one.limit())).orElse(null)),
          new Column(
              "trace",
              "text",
              NewExecution::trace,
              e -> e.trace().map(TraceContext::text).orElse(null)));

  private static final List<Column> ALL = Stream.concat(OWN.stream(), COMMON.stream()).toList();

  /** An array for each column. */
  static final String ALL_DIFFER = arrays(ALL);

  /** An array for what is each one's own, one value for what they have in common. */
  static final String MOST_ALIKE =
      arrays(OWN)
          + ", (SELECT "
          + COMMON.stream()
              .map(one -> "?::" + one.type() + " AS " + one.name())
              .collect(joining(", "))
          + ") c";

  private NewExecutionColumns() {}

  /** Behind a SELECT, so that plans do not depend on their length and are made once. */
  private static String arrays(List<Column> columns) {
    return "unnest("
        + columns.stream().map(one -> "(SELECT ?::" + one.type() + "[])").collect(joining(", "))
        + ") AS n ("
        + columns.stream().map(Column::name).collect(joining(", "))
        + ")";
  }

  /** Whether {@link #MOST_ALIKE} can tell them. */
  static boolean areAlike(List<NewExecution> executions) {
    NewExecution first = executions.get(0);
    return executions.stream()
        .allMatch(
            one ->
                COMMON.stream()
                    .allMatch(
                        column -> column.value().apply(one).equals(column.value().apply(first))));
  }

  /** For {@link #ALL_DIFFER}. */
  static Transaction.Binding each(List<NewExecution> executions) {
    return parameters -> bind(parameters, ALL, executions);
  }

  /** For {@link #MOST_ALIKE}. */
  static Transaction.Binding together(List<NewExecution> executions) {
    return parameters -> {
      bind(parameters, OWN, executions);
      COMMON.forEach(column -> parameters.text(column.text().apply(executions.get(0))));
    };
  }

  private static void bind(
      Parameters parameters, List<Column> columns, List<NewExecution> executions) {
    columns.forEach(column -> parameters.texts(executions, column.text()));
  }
}
