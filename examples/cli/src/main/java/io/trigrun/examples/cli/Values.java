package io.trigrun.examples.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Values of JSON as people read them. */
final class Values {

  private static final DateTimeFormatter READABLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Values() {}

  /** A dash for nothing; instants to the second, in UTC. */
  static String of(JsonNode value) {
    if (isNothing(value)) {
      return "-";
    }
    return value.isString() ? instant(value.stringValue()) : plain(value);
  }

  /** Texts as they are. */
  static String plain(JsonNode value) {
    if (isNothing(value)) {
      return "-";
    }
    if (value.isArray() && value.valueStream().allMatch(JsonNode::isValueNode)) {
      return value.valueStream().map(Values::plain).collect(Collectors.joining(", "));
    }
    return value.isString() ? value.stringValue() : value.toString();
  }

  /** An empty text is nothing, too. */
  static boolean isNothing(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isString() && value.stringValue().isEmpty())
        || (value.isContainer() && value.isEmpty());
  }

  private static String instant(String text) {
    boolean likely = text.length() >= 20 && text.length() <= 30 && text.charAt(10) == 'T';
    if (!likely || !text.endsWith("Z")) {
      return text;
    }
    try {
      return READABLE.format(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return text;
    }
  }
}
