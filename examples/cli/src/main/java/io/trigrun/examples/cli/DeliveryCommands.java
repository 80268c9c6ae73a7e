package io.trigrun.examples.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "deliveries", description = "Notifications on their way, and what became of them.")
final class DeliveryCommands {

  private static final String ID = "As deliveries list shows it.";
  static final List<Column> COLUMNS =
      List.of(
          Column.id("ID", "id"),
          Column.of("STATUS", "status"),
          Column.of("EVENT", "event"),
          Column.of("CHANNEL", row -> channel(row)),
          Column.of("ATTEMPTS", row -> attempts(row)),
          Column.instant("CREATED", "created_at"));

  private final Session session;
  private final Things deliveries;

  DeliveryCommands(Session session) {
    this.session = session;
    this.deliveries = new Things(session, "delivery", "notification-deliveries", COLUMNS);
  }

  @Command(description = "Lists deliveries, newest first.")
  void list(
      @Option(
              names = "--status",
              paramLabel = "STATUS",
              completionCandidates = Statuses.OfDelivery.class,
              description = "Only these: ${COMPLETION-CANDIDATES}.")
          Optional<String> status,
      @Option(names = "--channel", paramLabel = "CHANNEL_ID", description = "Only to it.")
          Optional<String> channel,
      @Option(names = "--execution", paramLabel = "EXECUTION_ID", description = "Only about it.")
          Optional<String> execution,
      @Mixin Paging paging) {
    if (execution.isPresent() && (status.isPresent() || channel.isPresent())) {
      throw Failure.usage("--execution: expected it without --status and --channel");
    }
    ApiPath all =
        execution
            .map(id -> ApiPath.of("executions", id, "notifications"))
            .orElseGet(deliveries::all);
    deliveries.list(all.with("status", status).with("channel_id", channel), paging);
  }

  @Command(description = "Shows a delivery with its attempts.")
  void get(@Parameters(paramLabel = "DELIVERY_ID", description = ID) String id) {
    deliveries.show(id);
  }

  @Command(description = "Sends a failed delivery once more.")
  void retry(@Parameters(paramLabel = "DELIVERY_ID", description = ID) String id) {
    session.tell(
        session.api().post(deliveries.one(id, "retry")), "Delivery " + id + " is sent again.");
  }

  private static String channel(JsonNode row) {
    return Values.of(row.has("channel_name") ? row.path("channel_name") : row.path("channel_id"));
  }

  private static String attempts(JsonNode row) {
    return Values.of(row.has("attempt_count") ? row.path("attempt_count") : row.path("attempts"));
  }
}
