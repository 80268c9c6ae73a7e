package io.trigrun.command;

import io.trigrun.validation.Problems;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code command} object of a job's JSON form: {@code arguments} (an array) or {@code shell} (a
 * string), one of which is required; {@code working_directory}, {@code environment} (an object of
 * strings), {@code inherit_environment}, {@code stdin}, {@code timeout_seconds} and {@code
 * success_exit_codes}.
 *
 * <p>Reading what was written gives an equal action.
 */
public final class CommandActionJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CommandActionJson() {}

  /** The action as a JSON object on one line. Secrets stay references. */
  public static String toJson(CommandAction action) {
    ObjectNode command = JsonNodeFactory.instance.objectNode();
    action
        .shell()
        .ifPresentOrElse(
            line -> command.put("shell", line),
            () -> action.arguments().forEach(command.putArray("arguments")::add));
    action.workingDirectory().ifPresent(path -> command.put("working_directory", path));
    if (!action.environment().isEmpty()) {
      action.environment().forEach(command.putObject("environment")::put);
    }
    if (action.inheritEnvironment()) {
      command.put("inherit_environment", true);
    }
    action.stdin().ifPresent(text -> command.put("stdin", text));
    command.put("timeout_seconds", action.timeout().toSeconds());
    action.successExitCodes().forEach(command.putArray("success_exit_codes")::add);
    return MAPPER.writeValueAsString(command);
  }

  /**
   * Reads a {@code command} object.
   *
   * @throws io.trigrun.validation.ValidationException listing every problem, unknown fields
   *     included, with names such as {@code command.timeout_seconds}
   */
  public static CommandAction fromJson(String json) {
    return new CommandActionReader(parse(json)).read();
  }

  private static JsonNode parse(String json) {
    Optional<JsonNode> command = tree(json);
    Problems.require(
        command.filter(JsonNode::isObject).isPresent(),
        "command",
        "a JSON object without repeated keys",
        command.map(node -> "a value of type " + node.getNodeType()).orElse("something else"));
    return command.orElseThrow();
  }

  /** Messages of the parser quote the source, which may hold passwords. */
  private static Optional<JsonNode> tree(String json) {
    try {
      return Optional.of(MAPPER.readTree(json));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
