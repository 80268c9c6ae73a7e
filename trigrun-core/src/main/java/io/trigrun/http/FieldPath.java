package io.trigrun.http;

import io.trigrun.validation.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The way to one field of a JSON document: an RFC 6901 pointer ({@code /items/0/id}) or the plain
 * part of JSONPath ({@code $}, {@code $.items[0].id}, {@code $['a.b']}), without wildcards.
 */
record FieldPath(List<String> steps) {
  private static final int MAX_LENGTH = 512;
  private static final Pattern STEP =
      Pattern.compile("\\.([^.\\[\\]'\"*?()\\s]+)|\\[(\\d{1,9})]|\\['([^']+)']");
  private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,8}");
  private static final Pattern BAD_ESCAPE = Pattern.compile("~(?![01])");
  private static final String EXPECTED =
      "a JSON pointer such as /order/id or a path such as $.order.items[0]";

  FieldPath {
    steps = List.copyOf(steps);
  }

  static FieldPath parse(String field, String text) {
    Problems.require(
        text.length() <= MAX_LENGTH,
        field,
        "at most " + MAX_LENGTH + " characters",
        text.length() + " characters");
    Problems.require(
        text.startsWith("/") || text.startsWith("$"), field, EXPECTED, Texts.quoted(text));
    return new FieldPath(text.startsWith("/") ? pointer(field, text) : path(field, text));
  }

  private static List<String> pointer(String field, String text) {
    Problems.require(
        !BAD_ESCAPE.matcher(text).find(), field, "~0 or ~1 after ~ (RFC 6901)", Texts.quoted(text));
    List<String> steps = new ArrayList<>();
    for (String step : text.substring(1).split("/", -1)) {
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return steps;
  }

  private static List<String> path(String field, String text) {
    List<String> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text).region(1, text.length());
    int end = 1;
    while (end < text.length()) {
      Problems.require(step.find() && step.start() == end, field, EXPECTED, Texts.quoted(text));
      for (int group = 1; group <= 3; group++) {
        Optional.ofNullable(step.group(group)).ifPresent(steps::add);
      }
      end = step.end();
    }
    return steps;
  }

  /** The field, also when its value is {@code null}; empty when a step leads nowhere. */
  Optional<JsonNode> find(JsonNode root) {
    Optional<JsonNode> node = Optional.of(root);
    for (String step : steps) {
      node = node.flatMap(parent -> child(parent, step));
    }
    return node;
  }

  private static Optional<JsonNode> child(JsonNode parent, String step) {
    if (parent.isArray()) {
      return INDEX.matcher(step).matches()
          ? parent.optional(Integer.parseInt(step))
          : Optional.empty();
    }
    return parent.optional(step);
  }
}
