package io.trigrun.workflow.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.Problems;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

class JsonPathTest {

  private static final JsonNode DOCUMENT =
      JsonText.read("{\"id\":7,\"none\":null,\"items\":[{\"n\":1.50},{\"n\":2}]}");

  @Test
  void a_singular_path_gives_its_node_or_nothing() {
    assertThat(find("$.id")).contains("7");
    assertThat(find("$.none")).contains("null");
    assertThat(find("$.items[-1]")).contains("{\"n\":2}");
    assertThat(find("$.nothing")).isEmpty();
  }

  @Test
  void any_other_path_gives_an_array() {
    assertThat(find("$.items[*].n")).contains("[1.50,2]");
    assertThat(find("$.items[?@.n > 5]")).contains("[]");
    assertThat(find("$..nothing")).contains("[]");
  }

  @Test
  void what_it_gives_is_a_copy() {
    JsonNode document = JsonText.read("{\"items\":[]}");
    ((ArrayNode) parse("$.items").find(document).orElseThrow()).add(1);
    assertThat(document).hasToString("{\"items\":[]}");
  }

  @Test
  void what_it_gives_is_bounded() {
    JsonNode document = JsonText.read("[\"" + "x".repeat(1_500_000) + "\"]");
    assertThatThrownBy(() -> parse("$[0,0]").find(document))
        .isInstanceOf(OversizedRenderingException.class)
        .hasMessageStartingWith("/p: expected at most");
  }

  @Test
  void a_mistake_is_told_with_its_place() {
    assertThatThrownBy(() -> parse("$.items[?@.n = 1]"))
        .hasMessageContaining("/p: expected a JSONPath (RFC 9535): ] at character 14");
    assertThatThrownBy(() -> parse("items")).hasMessageContaining("$ at character 1");
  }

  private static Optional<String> find(String path) {
    return parse(path).find(DOCUMENT).map(JsonText::write);
  }

  private static JsonPath parse(String path) {
    Problems problems = new Problems();
    JsonPath parsed = JsonPath.parse("/p", path, problems);
    problems.throwIfAny();
    return parsed;
  }
}
