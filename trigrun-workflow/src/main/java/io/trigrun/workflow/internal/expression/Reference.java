package io.trigrun.workflow.internal.expression;

import io.trigrun.validation.Problems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Where a value is: {@code context.order.items[0].name}, {@code trigger.headers['x-id']}. A segment
 * is a key of an object or the position in an array, whichever it meets.
 *
 * @param root one of {@link Root}'s words
 * @param path keys and positions; at most {@link #MOST_SEGMENTS}
 */
public record Reference(String root, List<String> path) {

  /** The longest reference, in characters. */
  public static final int MOST_CHARACTERS = 500;

  public static final int MOST_SEGMENTS = 32;

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_-]*");
  private static final Pattern POSITION = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final Pattern SECRET_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

  public Reference {
    path = List.copyOf(path);
  }

  /**
   * Parses a reference.
   *
   * @param pointer where it stands, for problems
   * @param roots what it may begin with
   * @return empty after telling {@code problems} what is wrong with it
   */
  public static Optional<Reference> parse(
      String pointer, String text, Set<Root> roots, Problems problems) {
    return new ReferenceParser(pointer, text, roots, problems).parse();
  }

  /** What it finds below its root. */
  public Optional<JsonNode> in(JsonNode value) {
    Optional<JsonNode> found = Optional.of(value);
    for (String segment : path) {
      found = found.flatMap(node -> child(node, segment));
    }
    return found;
  }

  private static Optional<JsonNode> child(JsonNode node, String segment) {
    if (node.isArray()) {
      return isPosition(segment) ? node.optional(Integer.parseInt(segment)) : Optional.empty();
    }
    return node.optional(segment);
  }

  /** As it is written; {@link #parse} reads it again, also between braces. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(root);
    for (String segment : path) {
      if (isPosition(segment)) {
        text.append('[').append(segment).append(']');
      } else if (PLAIN.matcher(segment).matches()) {
        text.append('.').append(segment);
      } else {
        text.append("['").append(segment.replaceAll("[\\\\'}]", "\\\\$0")).append("']");
      }
    }
    return text.toString();
  }

  static boolean isPosition(String segment) {
    return POSITION.matcher(segment).matches();
  }

  static boolean isSecretName(String segment) {
    return SECRET_NAME.matcher(segment).matches();
  }
}
