package io.trigrun.schedulefile;

import io.trigrun.HandlerCall;
import io.trigrun.JobAction;
import io.trigrun.Json;
import io.trigrun.command.CommandAction;
import io.trigrun.command.CommandActionJson;
import io.trigrun.http.HttpActionJson;
import io.trigrun.schedulefile.FileNode.Entry;
import io.trigrun.schedulefile.FileNode.Kind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a job of a file does: a command, a request or a handler. */
record ActionReader(Fields fields, Place job, Function<String, Place> places) {

  static final List<String> KEYS =
      List.of("command", "env", "working_directory", "request", "handler", "payload");
  private static final List<String> ACTIONS = List.of("command", "request", "handler");

  /** Empty if something is wrong with it, which is noted then. */
  Optional<JobAction> read() {
    List<String> given = ACTIONS.stream().filter(fields::has).toList();
    if (given.size() != 1) {
      fields
          .problems()
          .add(
              given.isEmpty() ? job : fields.placeOf(given.get(1)),
              fields.path(),
              "one of command, request and handler",
              given.isEmpty() ? "none" : String.join(" and ", given));
      return Optional.empty();
    }
    String action = given.get(0);
    belongsTo(action.equals("handler"), "payload", "handler");
    FileNode value = fields.value(action).orElseThrow();
    boolean simple = action.equals("command") && value.kind() != Kind.MAP;
    belongsTo(simple, "env", "command, as a text or a list");
    belongsTo(simple, "working_directory", "command, as a text or a list");
    return switch (action) {
      case "request" -> attempt(() -> HttpActionJson.fromJson(value.json()));
      case "handler" -> handler();
      default ->
          value.kind() == Kind.MAP
              ? attempt(() -> CommandActionJson.fromJson(value.json()))
              : command(value);
    };
  }

  private void belongsTo(boolean ok, String key, String other) {
    if (!ok && fields.has(key)) {
      fields
          .problems()
          .add(fields.placeOf(key), fields.field(key), "this only with " + other, "it without");
    }
  }

  private <T> Optional<T> attempt(Supplier<T> action) {
    return fields.problems().attempt(fields.path(), places, action);
  }

  private Optional<JobAction> handler() {
    Optional<String> name = fields.text("handler");
    Object payload =
        fields
            .value("payload")
            .<Object>map(node -> new Json(node.json()))
            .orElse(Json.EMPTY_OBJECT);
    return name.flatMap(handler -> attempt(() -> new HandlerCall(handler, payload)));
  }

  /** As in cheek: a text is split at blanks, no shell sees it and quotes mean nothing. */
  private Optional<JobAction> command(FileNode value) {
    List<String> words =
        value.isScalar()
            ? Arrays.stream(value.text().strip().split("\\s+")).toList()
            : fields.texts(value, "command").stream().map(FileNode::text).toList();
    if (words.isEmpty() || words.get(0).isEmpty()) {
      fields.problems().add(value.place(), fields.field("command"), "a program", "none");
      return Optional.empty();
    }
    Optional<CommandAction.Builder> command = attempt(() -> CommandAction.of(words));
    Map<String, String> variables = environment();
    Optional<Path> directory = fields.text("working_directory").flatMap(this::directory);
    if (command.isEmpty()) {
      return Optional.empty();
    }
    CommandAction.Builder builder = command.get();
    var withVariables = attempt(() -> builder.environment(variables));
    var unused = directory.flatMap(path -> attempt(() -> builder.workingDirectory(path)));
    return withVariables.flatMap(whole -> attempt(whole::build));
  }

  private Optional<Path> directory(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      fields
          .problems()
          .add(
              fields.placeOf("working_directory"),
              fields.field("working_directory"),
              "an absolute path",
              "no path");
      return Optional.empty();
    }
  }

  private Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    Optional<FileNode> node = fields.value("env");
    if (node.isPresent()) {
      Fields env = Fields.of(fields.field("env"), node.get(), fields.problems());
      for (Entry entry : new ArrayList<>(node.get().entries())) {
        if (entry.value().isScalar() || entry.value().kind() == Kind.NOTHING) {
          variables.put(entry.key(), entry.value().text());
        } else {
          env.refuse(entry.value(), FileNode.shown(entry.key()), "a text");
        }
      }
    }
    return variables;
  }
}
