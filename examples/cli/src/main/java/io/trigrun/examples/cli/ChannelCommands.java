package io.trigrun.examples.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "channels", description = "Where notifications go: webhooks, mail, chats.")
final class ChannelCommands {

  private static final String ID = "As channels list shows it.";
  private static final List<Column> COLUMNS =
      List.of(
          Column.id("ID", "id"),
          Column.of("NAME", "name"),
          Column.of("TYPE", "type"),
          Column.of("STATE", "state"),
          Column.instant("CREATED", "created_at"));

  private final Session session;
  private final Things channels;

  ChannelCommands(Session session) {
    this.session = session;
    this.channels = new Things(session, "channel", "notification-channels", COLUMNS);
  }

  @Command(description = "Lists channels.")
  void list(@Mixin Paging paging) {
    channels.list(paging);
  }

  @Command(description = "Shows a channel without its secrets.")
  void get(@Parameters(paramLabel = "CHANNEL_ID", description = ID) String id) {
    channels.show(id);
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
    channels.create(body);
  }

  @Command(
      description = "Changes a channel; what is not named stays.",
      footer = {
        "%nExamples:",
        "  ${COMMAND-FULL-NAME} CHANNEL_ID --name ops-2 --include-output",
        "  ${COMMAND-FULL-NAME} CHANNEL_ID --url - < url.txt",
        "%nWhere messages would go elsewhere, secrets that stay have to be given again."
      })
  void update(
      @Parameters(paramLabel = "CHANNEL_ID", description = ID) String id,
      @Option(names = "--name", paramLabel = "NAME", description = "Unique.") Optional<String> name,
      @Mixin ChannelConfig config) {
    ObjectNode change = Json.object();
    name.ifPresent(text -> change.put("name", text));
    if (config.isGiven()) {
      JsonNode now = session.api().get(channels.one(id)).json();
      change.set("config", config.json(Values.of(now.path("type")), session));
    }
    if (change.isEmpty()) {
      throw Failure.usage("expected an option that says what to change");
    }
    channels.update(id, change);
  }

  @Command(description = "Sends a test message, once.")
  void test(@Parameters(paramLabel = "CHANNEL_ID", description = ID) String id) {
    Reply reply = session.api().post(channels.one(id, "test"));
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

  @Command(description = "Lets a channel be used again that failed so often that it was disabled.")
  void enable(@Parameters(paramLabel = "CHANNEL_ID", description = ID) String id) {
    channels.does("enable", id, "Enabled");
  }

  @Command(description = "Deletes a channel and its rules.")
  void delete(@Parameters(paramLabel = "CHANNEL_ID", description = ID) String id) {
    channels.delete(id);
  }
}
