package io.trigrun.command;

import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Reads one {@code command} object, collecting what is wrong with all of it. */
final class CommandActionReader {

  private static final Set<String> FIELDS =
      new TreeSet<>(
          List.of(
              "arguments",
              "environment",
              "inherit_environment",
              "shell",
              "stdin",
              "success_exit_codes",
              "timeout_seconds",
              "working_directory"));

  private final JsonNode command;
  private final Problems problems = new Problems();

  CommandActionReader(JsonNode command) {
    this.command = command;
  }

  CommandAction read() {
    for (String name : command.propertyNames()) {
      problems.check(
          FIELDS.contains(name),
          "command." + CommandRules.shown(name),
          "only the fields " + String.join(", ", FIELDS),
          "an unknown field");
    }
    Optional<String> shell = string("shell");
    List<String> arguments =
        list("arguments", "strings", JsonNode::isString, JsonNode::stringValue);
    // Where a part is wrong, a harmless one takes its place, so that the others are judged too.
    boolean lost = arguments.isEmpty() && shell.isEmpty() && given("arguments", "shell");
    Optional<CommandAction> action = Optional.empty();
    try {
      action =
          Optional.of(
              new CommandAction(
                  lost ? List.of("program") : arguments,
                  shell,
                  string("working_directory"),
                  environment(),
                  inheritEnvironment(),
                  string("stdin"),
                  timeout(),
                  exitCodes()));
    } catch (ValidationException e) {
      problems.addAll(e);
    }
    problems.throwIfAny();
    return action.orElseThrow();
  }

  /** Whether one of them is there and was refused. */
  private boolean given(String one, String other) {
    return !problems.isEmpty() && (field(one).isPresent() || field(other).isPresent());
  }

  private Optional<String> string(String name) {
    Optional<JsonNode> given = field(name);
    check(given.map(JsonNode::isString).orElse(true), name, "a string", given);
    return given.filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  private <T> List<T> list(
      String name, String what, Predicate<JsonNode> fits, Function<JsonNode, T> value) {
    Optional<JsonNode> given = field(name);
    List<T> values = new ArrayList<>();
    boolean ok = given.map(JsonNode::isArray).orElse(true);
    if (ok && given.isPresent()) {
      for (JsonNode node : given.get().values()) {
        ok &= fits.test(node);
        if (fits.test(node)) {
          values.add(value.apply(node));
        }
      }
    }
    check(ok, name, "an array of " + what, given);
    return values;
  }

  private SortedSet<Integer> exitCodes() {
    List<Integer> codes =
        list(
            "success_exit_codes",
            "whole numbers from 0 to 255",
            CommandActionReader::isInteger,
            JsonNode::intValue);
    boolean given = field("success_exit_codes").filter(JsonNode::isArray).isPresent();
    return new TreeSet<>(given ? codes : CommandAction.DEFAULT_EXIT_CODES);
  }

  private Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    Optional<JsonNode> given = field("environment");
    check(given.map(JsonNode::isObject).orElse(true), "environment", "an object of strings", given);
    for (Map.Entry<String, JsonNode> variable :
        given.filter(JsonNode::isObject).map(JsonNode::properties).orElse(Set.of())) {
      JsonNode value = variable.getValue();
      if (value.isString()) {
        variables.put(variable.getKey(), value.stringValue());
      } else {
        String name = "environment." + CommandRules.shown(variable.getKey());
        check(false, name, "a string", Optional.of(value));
      }
    }
    return variables;
  }

  private boolean inheritEnvironment() {
    Optional<JsonNode> given = field("inherit_environment");
    check(
        given.map(JsonNode::isBoolean).orElse(true), "inherit_environment", "true or false", given);
    return given.filter(JsonNode::isBoolean).map(JsonNode::booleanValue).orElse(false);
  }

  private Duration timeout() {
    Optional<JsonNode> given = field("timeout_seconds");
    Optional<Integer> seconds =
        given.filter(CommandActionReader::isInteger).map(JsonNode::intValue);
    if (given.isPresent() && seconds.isEmpty()) {
      problems.add(
          "command.timeout_seconds", "1 to 86,400 whole seconds", "a " + given.get().getNodeType());
    }
    return seconds.map(Duration::ofSeconds).orElse(CommandAction.DEFAULT_TIMEOUT);
  }

  private static boolean isInteger(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToInt();
  }

  /** A field given as {@code null} counts as left out. */
  private Optional<JsonNode> field(String name) {
    return command.optional(name).filter(node -> !node.isNull());
  }

  private void check(boolean ok, String name, String expected, Optional<JsonNode> given) {
    if (!ok) {
      String got = given.map(node -> "a value of type " + node.getNodeType()).orElse("nothing");
      problems.add("command." + name, expected, got);
    }
  }
}
