package io.trigrun.examples.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "rules", description = "Which channel hears of which event of a job or monitor.")
final class RuleCommands {

  private static final String OF = "The id of a job, or with --monitor of a monitor.";
  private static final String OF_MONITOR = "The id is that of a monitor.";
  private static final List<Column> COLUMNS =
      List.of(
          Column.id("ID", "id"),
          Column.of("EVENT", "event"),
          Column.of("CHANNEL", "channel_name"),
          Column.of("TYPE", "channel_type"),
          Column.id("CHANNEL ID", "channel_id"));

  private final Session session;

  RuleCommands(Session session) {
    this.session = session;
  }

  @Command(description = "Lists the rules of a job, or of a monitor with --monitor.")
  void list(
      @Parameters(paramLabel = "JOB_ID", description = OF) String id,
      @Option(names = "--monitor", description = OF_MONITOR) boolean ofMonitor) {
    session.list(rules(id, ofMonitor), COLUMNS);
  }

  @Command(
      description = "Adds a rule.",
      footer = {
        "%nExamples:",
        "  ${ROOT-COMMAND-NAME} rules add JOB_ID --channel CHANNEL_ID --event on_failure",
        "  ${ROOT-COMMAND-NAME} rules add MONITOR_ID --monitor --channel CHANNEL_ID --event on_down"
      })
  void add(
      @Parameters(paramLabel = "JOB_ID", description = OF) String id,
      @Option(names = "--monitor", description = OF_MONITOR) boolean ofMonitor,
      @Option(
              names = "--channel",
              required = true,
              paramLabel = "CHANNEL_ID",
              description = "Where to.")
          String channel,
      @Option(
              names = "--event",
              required = true,
              paramLabel = "EVENT",
              completionCandidates = Events.class,
              description = "When: ${COMPLETION-CANDIDATES}; or one of the server's own.")
          String event) {
    ObjectNode body = Json.object().put("channel_id", channel).put("event", event);
    session.show(session.api().create(rules(id, ofMonitor), body));
  }

  @Command(description = "Removes a rule.")
  void remove(
      @Parameters(paramLabel = "JOB_ID", description = OF) String id,
      @Parameters(paramLabel = "RULE_ID", description = "As rules list shows it.") String rule,
      @Option(names = "--monitor", description = OF_MONITOR) boolean ofMonitor) {
    ApiPath path = ApiPath.of(owner(ofMonitor), id, "notification-rules", rule);
    session.tell(session.api().delete(path), "Removed rule " + rule + ".");
  }

  private static ApiPath rules(String id, boolean ofMonitor) {
    return ApiPath.of(owner(ofMonitor), id, "notification-rules");
  }

  private static String owner(boolean ofMonitor) {
    return ofMonitor ? "monitors" : "jobs";
  }
}
