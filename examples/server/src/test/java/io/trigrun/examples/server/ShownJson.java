package io.trigrun.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Compares an answer with the one that a guide shows: key for key, ids and times aside. */
final class ShownJson {

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  private ShownJson() {}

  static void compare(JsonNode shown, JsonNode got) {
    compare("", shown, got);
  }

  private static void compare(String at, JsonNode shown, JsonNode got) {
    assertThat(got.getNodeType()).as(at).isEqualTo(shown.getNodeType());
    if (shown.isObject()) {
      assertThat(List.copyOf(got.propertyNames()))
          .as(at)
          .containsExactlyElementsOf(shown.propertyNames());
      shown
          .properties()
          .forEach(it -> compare(at + "/" + it.getKey(), it.getValue(), got.path(it.getKey())));
    } else if (shown.isArray()) {
      assertThat(got.size()).as(at).isEqualTo(shown.size());
      Iterator<JsonNode> values = got.iterator();
      shown.forEach(each -> compare(at + "/-", each, values.next()));
    } else if (shown.isString() && shown.stringValue().endsWith("...")) {
      assertThat(got.stringValue()).as(at).isNotBlank();
    } else if (shown.isString() && shown.stringValue().matches(TIME)) {
      assertThat(got.stringValue()).as(at).matches(TIME);
    } else {
      assertThat(got).as(at).isEqualTo(shown);
    }
  }
}
