package io.trigrun.examples.quickstart;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.Failure;
import io.trigrun.Trigger;
import io.trigrun.notify.Delivery;
import io.trigrun.notify.DeliveryQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** The history as two tables, oldest first. */
record Report(Application app, Console console) {

  private static final String EXECUTIONS = "%-10s %-16s %-9s %-10s %-24s %s";
  private static final String DELIVERIES = "%-10s %-16s %-9s %-10s %-24s %s";

  void print() {
    console.chapter("Executions");
    console.line(
        EXECUTIONS.formatted("id", "what", "trigger", "state", "attempts", "last failure"));
    oldestFirst(app.trigrun().executions().list(app.trigrun().executions().query()).items())
        .stream()
        .filter(execution -> execution.trigger() != Trigger.SYSTEM)
        .filter(execution -> execution.trigger() != Trigger.FOLLOW_UP)
        .map(this::row)
        .forEach(console::line);
    console.chapter("Deliveries");
    console.line(
        DELIVERIES.formatted("id", "event", "channel", "status", "attempts", "about execution"));
    oldestFirst(app.notifications().deliveries().list(DeliveryQuery.all()).items()).stream()
        .map(this::row)
        .forEach(console::line);
  }

  private String row(Execution execution) {
    return EXECUTIONS.formatted(
        tail(execution.id()),
        execution.jobId().map(app::jobName).orElse(execution.handler()),
        execution.trigger(),
        execution.state(),
        statuses(app.trigrun().executions().attempts(execution.id())),
        execution.failure().map(Failure::errorClass).orElse(""));
  }

  private String row(Delivery delivery) {
    return DELIVERIES.formatted(
        tail(delivery.id()),
        delivery.event(),
        delivery.channelType(),
        delivery.status(),
        statuses(app.notifications().deliveries().attempts(delivery.id())),
        delivery.subject().executionId().map(Report::tail).orElse(""));
  }

  private static String statuses(List<Attempt> attempts) {
    return attempts.stream()
        .map(attempt -> attempt.statusCode().map(String::valueOf).orElse(attempt.status().name()))
        .collect(Collectors.joining(", "));
  }

  /** The end of an id: its beginning is the time, much the same in all of them. */
  private static String tail(UUID id) {
    return id.toString().substring(28);
  }

  private static <T> List<T> oldestFirst(List<T> newestFirst) {
    List<T> list = new ArrayList<>(newestFirst);
    Collections.reverse(list);
    return list;
  }
}
