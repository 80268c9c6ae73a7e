package io.trigrun.examples.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Values of JSON as people read them. */
final class Values {

  private static final DateTimeFormatter READABLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int MANY = 4;

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
      return String.join(", ", Values.list(value));
    }
    return value.isString() ? value.stringValue() : value.toString();
  }

  /** With numbers that follow one another told as {@code 200 to 399}, if there are many. */
  private static List<String> list(JsonNode values) {
    List<String> texts = new ArrayList<>();
    int size = values.size();
    for (int i = 0; i < size; ) {
      int last = i;
      while (last + 1 < size && follows(values.get(last), values.get(last + 1))) {
        last++;
      }
      if (last - i >= MANY) {
        texts.add(plain(values.get(i)) + " to " + plain(values.get(last)));
        i = last + 1;
      } else {
        texts.add(plain(values.get(i++)));
      }
    }
    return texts;
  }

  private static boolean follows(JsonNode value, JsonNode next) {
    return value.isInt() && next.isInt() && next.intValue() - 1 == value.intValue();
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
