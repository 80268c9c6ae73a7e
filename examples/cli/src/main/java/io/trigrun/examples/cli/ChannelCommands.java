package io.trigrun.examples.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "channels", description = "Where notifications go: webhooks, mail, chats.")
final class ChannelCommands {

  private static final String CHANNELS = "notification-channels";
  private static final String ID = "As channels list shows it.";
  private static final List<Column> COLUMNS =
      List.of(
          Column.id("ID", "id"),
          Column.of("NAME", "name"),
          Column.of("TYPE", "type"),
          Column.of("STATE", "state"),
          Column.instant("CREATED", "created_at"));

  private final Session session;

  ChannelCommands(Session session) {
    this.session = session;
  }

  @Command(description = "Lists channels.")
  void list(@Mixin Paging paging) {
    session.list(ApiPath.of(CHANNELS), paging.limit(), COLUMNS);
  }

  @Command(
      description = "Creates a channel.",
      footer = {
        "%nExamples:",
        "  ${COMMAND-FULL-NAME} --name ops --type webhook --url https://example.com/hook",
        "  ${COMMAND-FULL-NAME} --name alerts --type email --email team@example.com",
        "  ${COMMAND-FULL-NAME} --name tg --type telegram --bot-token - --chat-id -100123",
        "%nOther users of this machine may see arguments. A dash as the value of --url, --bot-token"
            + " or --signing-secret (one of them) reads it from standard input, or asks for it."
      })
  void create(
      @Option(names = "--name", required = true, paramLabel = "NAME", description = "Unique.")
          String name,
      @Option(
              names = "--type",
              required = true,
              paramLabel = "TYPE",
              completionCandidates = ChannelTypes.class,
              description = "${COMPLETION-CANDIDATES}, or one that the server adds.")
          String type,
      @Mixin ChannelConfig config) {
    ObjectNode body = Json.object().put("name", name).put("type", type);
    body.set("config", config.json(type, session));
    session.show(session.api().post(ApiPath.of(CHANNELS), body));
  }

  @Command(description = "Sends a test message, once.")
  void test(@Parameters(paramLabel = "CHANNEL_ID", description = ID) String id) {
    Reply reply = session.api().post(ApiPath.of(CHANNELS, id, "test"));
    JsonNode result = reply.json();
    if (result.path("ok").asBoolean(false)) {
      session.tell(reply, "Sent by " + Values.of(result.path("provider")) + ".");
      return;
    }
    if (session.asJson()) {
      session.output().json(reply.body()); // an answer as asked for, whatever it says
    }
    throw Refusals.of(reply);
  }

  @Command(description = "Deletes a channel and its rules.")
  void delete(@Parameters(paramLabel = "CHANNEL_ID", description = ID) String id) {
    session.tell(session.api().delete(ApiPath.of(CHANNELS, id)), "Deleted channel " + id + ".");
  }
}
