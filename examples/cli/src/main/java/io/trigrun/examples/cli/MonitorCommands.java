package io.trigrun.examples.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "monitors", description = "Notice when a program elsewhere has fallen silent.")
final class MonitorCommands {

  private static final String ID = "As monitors list shows it.";
  private static final String LABELS = "What it belongs to, as often as needed.";
  private static final List<Column> COLUMNS =
      List.of(
          Column.id("ID", "id"),
          Column.of("NAME", "name"),
          Column.of("STATE", "state"),
          Column.of("EVERY", row -> interval(row)),
          Column.instant("LAST PING", "last_ping_at"),
          Column.instant("NEXT EXPECTED", "next_expected_at"));

  private static final List<Column> PINGS =
      List.of(
          Column.of("NUMBER", "number"),
          Column.instant("AT", "at"),
          Column.of("ADDRESS", "address"),
          Column.of("USER AGENT", "user_agent"));

  private final Session session;
  private final Things monitors;

  MonitorCommands(Session session) {
    this.session = session;
    this.monitors = new Things(session, "monitor", "monitors", COLUMNS);
  }

  @Command(description = "Lists monitors.")
  void list(@Mixin Paging paging) {
    monitors.list(paging);
  }

  @Command(description = "Shows a monitor.")
  void get(@Parameters(paramLabel = "MONITOR_ID", description = ID) String id) {
    monitors.show(id);
  }

  @Command(
      description = "Creates a monitor and shows its ping_url, this once.",
      footer = {
        "%nExample:",
        "  ${ROOT-COMMAND-NAME} monitors create --name nightly-backup --interval 1d --grace 30m"
      })
  void create(
      @Option(names = "--name", required = true, paramLabel = "NAME", description = "Unique.")
          String name,
      @Option(
              names = "--interval",
              required = true,
              paramLabel = "SPAN",
              description = "How far pings are apart: 60s, 15m, 1d.")
          Duration interval,
      @Option(
              names = "--grace",
              paramLabel = "SPAN",
              description = "How much later one may come; 1m if left out.")
          Optional<Duration> grace,
      @Option(names = "--label", paramLabel = "LABEL", description = LABELS)
          @Nullable List<String> labels) {
    monitors.create(body(Optional.of(name), Optional.of(interval), grace, labels));
  }

  @Command(description = "Changes what is expected of a monitor; what is not named stays.")
  void update(
      @Parameters(paramLabel = "MONITOR_ID", description = ID) String id,
      @Option(names = "--name", paramLabel = "NAME", description = "Unique.") Optional<String> name,
      @Option(names = "--interval", paramLabel = "SPAN", description = "How far pings are apart.")
          Optional<Duration> interval,
      @Option(names = "--grace", paramLabel = "SPAN", description = "How much later one may come.")
          Optional<Duration> grace,
      @Option(names = "--label", paramLabel = "LABEL", description = LABELS)
          @Nullable List<String> labels) {
    ObjectNode change = body(name, interval, grace, labels);
    if (change.isEmpty()) {
      throw Failure.usage("expected an option that says what to change");
    }
    monitors.update(id, change);
  }

  private static ObjectNode body(
      Optional<String> name,
      Optional<Duration> interval,
      Optional<Duration> grace,
      @Nullable List<String> labels) {
    ObjectNode body = Json.object();
    name.ifPresent(text -> body.put("name", text));
    interval.ifPresent(span -> body.put("expected_interval_sec", span.toSeconds()));
    grace.ifPresent(span -> body.put("grace_seconds", span.toSeconds()));
    if (labels != null) {
      labels.forEach(body.putArray("labels")::add);
    }
    return body;
  }

  @Command(description = "Waits for pings no more.")
  void pause(@Parameters(paramLabel = "MONITOR_ID", description = ID) String id) {
    monitors.does("pause", id, "Paused");
  }

  @Command(description = "Waits for pings again, from now.")
  void resume(@Parameters(paramLabel = "MONITOR_ID", description = ID) String id) {
    monitors.does("resume", id, "Resumed");
  }

  @Command(description = "Lists the latest pings, newest first.")
  void pings(
      @Parameters(paramLabel = "MONITOR_ID", description = ID) String id, @Mixin Paging paging) {
    session.list(monitors.one(id, "pings"), paging.limit(), PINGS);
  }

  @Command(
      name = "rotate-token",
      description = "Gives a monitor another ping_url and shows it, this once; the old one ends.")
  void rotateToken(@Parameters(paramLabel = "MONITOR_ID", description = ID) String id) {
    monitors.rotates(monitors.one(id, "rotate-token"));
  }

  @Command(description = "Deletes a monitor and its rules.")
  void delete(@Parameters(paramLabel = "MONITOR_ID", description = ID) String id) {
    monitors.delete(id);
  }

  private static String interval(JsonNode monitor) {
    JsonNode seconds = monitor.path("expected_interval_sec");
    return seconds.isNumber() ? Span.words(Duration.ofSeconds(seconds.longValue())) : "-";
  }
}
