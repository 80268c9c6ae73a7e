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

  private static final String MONITORS = "monitors";
  private static final String ID = "As monitors list shows it.";
  private static final List<Column> COLUMNS =
      List.of(
          Column.id("ID", "id"),
          Column.of("NAME", "name"),
          Column.of("STATE", "state"),
          Column.of("EVERY", row -> interval(row)),
          Column.instant("LAST PING", "last_ping_at"),
          Column.instant("NEXT EXPECTED", "next_expected_at"));

  private final Session session;

  MonitorCommands(Session session) {
    this.session = session;
  }

  @Command(description = "Lists monitors.")
  void list(@Mixin Paging paging) {
    session.list(ApiPath.of(MONITORS), paging.limit(), COLUMNS);
  }

  @Command(description = "Shows a monitor.")
  void get(@Parameters(paramLabel = "MONITOR_ID", description = ID) String id) {
    session.show(session.api().get(ApiPath.of(MONITORS, id)));
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
      @Option(
              names = "--label",
              paramLabel = "LABEL",
              description = "What it belongs to, as often as needed.")
          @Nullable List<String> labels) {
    ObjectNode body =
        Json.object().put("name", name).put("expected_interval_sec", interval.toSeconds());
    grace.ifPresent(each -> body.put("grace_seconds", each.toSeconds()));
    if (labels != null) {
      labels.forEach(body.putArray("labels")::add);
    }
    session.show(session.api().post(ApiPath.of(MONITORS), body));
  }

  @Command(description = "Waits for pings no more.")
  void pause(@Parameters(paramLabel = "MONITOR_ID", description = ID) String id) {
    Reply monitor = session.api().post(ApiPath.of(MONITORS, id, "pause"));
    session.tell(monitor, "Paused " + Values.of(monitor.json().path("name")) + ".");
  }

  @Command(description = "Waits for pings again, from now.")
  void resume(@Parameters(paramLabel = "MONITOR_ID", description = ID) String id) {
    Reply monitor = session.api().post(ApiPath.of(MONITORS, id, "resume"));
    session.tell(monitor, "Resumed " + Values.of(monitor.json().path("name")) + ".");
  }

  @Command(description = "Deletes a monitor and its rules.")
  void delete(@Parameters(paramLabel = "MONITOR_ID", description = ID) String id) {
    session.tell(session.api().delete(ApiPath.of(MONITORS, id)), "Deleted monitor " + id + ".");
  }

  private static String interval(JsonNode monitor) {
    JsonNode seconds = monitor.path("expected_interval_sec");
    return seconds.isNumber() ? Span.words(Duration.ofSeconds(seconds.longValue())) : "-";
  }
}
