package io.trigrun.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapeCheckTest {

  private static final ObjectShape ACTION =
      Shape.object("Action", "x").required("url", Shape.text("x").length(1, 10));
  private static final ObjectShape WAIT =
      Shape.object("Wait", "x").required("seconds", Shape.whole("x").range(1, 5));
  private static final ObjectShape THING =
      Shape.object("Thing", "x")
          .optional("word", Shape.words("x", "red", "blue"))
          .optional("key", Shape.text("x").length(4, 8).secret())
          .optional("note", Shape.text("x").orNull())
          .optional("ratio", Shape.number("x").range(0, 1))
          .optional("on", Shape.flag("x"))
          .optional("at", Shape.instant("x"))
          .optional("id", Shape.id("x"))
          .optional("tags", Shape.list("x", Shape.text("x")).length(1, 2))
          .optional("headers", Shape.map("x", Shape.text("x")))
          .optional("free", Shape.any("x"))
          .optional("object", Shape.anyObject("x"))
          .optional("step", Shape.choice("Step", "x", "type", Map.of("act", ACTION, "wait", WAIT)));

  private static final ObjectShape TREE =
      Shape.object("Tree", "x")
          .required("name", Shape.text("x"))
          .optional("parts", Shape.list("x", Shape.later("Tree", () -> ShapeCheckTest.TREE)));

  private static List<String> faults(String json) {
    return faults(json, THING);
  }

  private static List<String> faults(String json, Shape shape) {
    try {
      ShapeCheck.check(JsonObject.parse(json.replace('\'', '"').getBytes(UTF_8)), shape);
      return List.of();
    } catch (ValidationException e) {
      return e.problems().stream().map(Problem::message).toList();
    }
  }

  @Test
  void what_has_the_shape_passes() {
    assertThat(
            faults(
                """
                {'word': 'red', 'key': 'abcd', 'note': null, 'ratio': 0.5, 'on': false,
                 'at': '2026-03-16T10:00:00+01:00', 'id': '01980000-0000-7000-8000-00000000000A',
                 'tags': ['a'], 'headers': {'X': 'y'}, 'free': null, 'object': {'a': [1, {}]},
                 'step': {'type': 'wait', 'seconds': 5.0}}
                """))
        .isEmpty();
  }

  @Test
  void each_value_is_told_by_its_pointer_what_was_expected_and_what_came() {
    assertThat(faults("{'word': 'green', 'ratio': 2, 'on': 'yes', 'at': 'now', 'id': '1'}"))
        .containsExactly(
            "/word: expected one of red, blue, got green",
            "/ratio: expected a number, 0 to 1, got 2",
            "/on: expected true or false, got a text",
            "/at: expected an instant like 2026-03-16T10:00:00.000Z, got now",
            "/id: expected a UUID, got 1");
    assertThat(faults("{'tags': [], 'headers': {'a/b~': 1}, 'object': [], 'word': null}"))
        .containsExactly(
            "/tags: expected 1 to 2 items, got 0",
            "/headers/a~1b~0: expected a text, got a number",
            "/object: expected an object, got a list",
            "/word: expected one of red, blue, got null");
    assertThat(faults("{'step': {'type': 'act', 'seconds': 1}}"))
        .containsExactly(
            "/step/seconds: expected one of type, url, got a field that nobody knows",
            "/step/url: expected a value, got nothing");
    assertThat(faults("{'step': {'type': 'jump'}}"))
        .singleElement()
        .asString()
        .startsWith("/step/type: expected one of");
    assertThat(faults("{'hedaers': {}}"))
        .containsExactly(
            "/hedaers: expected another name, headers maybe, got a field that nobody knows");
  }

  @Test
  void a_secret_is_never_shown() {
    assertThat(faults("{'key': 'pwd'}")).containsExactly("/key: expected 4 to 8 characters, got 3");
    assertThat(faults("{'key': {'pwd': 1}}"))
        .containsExactly("/key: expected a text, got an object");
  }

  @Test
  void text_that_no_store_can_hold_is_found_wherever_it_is() {
    assertThat(
            faults(
                "{'note': 'a\\u0000', 'headers': {'\\u0000': 'x'}, 'free': [{'a': '\\udc00'}],"
                    + " 'object': {'\\u0000': 1}}"))
        .hasSize(4);
  }

  @Test
  void numbers_that_take_a_lifetime_to_write_out_are_refused_at_once() {
    assertThat(faults("{'ratio': 1e999999999, 'free': 1e-999999999}")).hasSize(2);
    assertThat(faults("{'step': {'type': 'wait', 'seconds': 1e99999}}")).hasSize(1);
    assertThat(faults("{'step': {'type': 'wait', 'seconds': 1.5}}")).hasSize(1);
  }

  @Test
  void a_body_of_mistakes_gets_an_answer_of_bounded_length() {
    StringBuilder many = new StringBuilder("{'a': 1");
    for (int i = 0; i < 1_000; i++) {
      many.append(", 'x").append(i).append("': 1");
    }
    assertThat(faults(many.append("}").toString())).hasSize(100);
  }

  @Test
  void a_field_is_said_once() {
    assertThatThrownBy(() -> ACTION.optional("url", Shape.flag("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_value_of_either_form_is_judged_by_its_type_of_json() {
    Shape shape =
        Shape.object("Either", "x")
            .required("join", Shape.either("x", Shape.words("x", "all", "any"), Shape.whole("x")));

    assertThat(faults("{'join': 'all'}", shape)).isEmpty();
    assertThat(faults("{'join': 2}", shape)).isEmpty();
    assertThat(faults("{'join': 'some'}", shape))
        .containsExactly("/join: expected one of all, any, got some");
    assertThat(faults("{'join': []}", shape))
        .containsExactly("/join: expected a text or a number, got a list");
  }

  @Test
  void a_shape_may_hold_itself() {
    assertThat(faults("{'name': 'a', 'parts': [{'name': 'b', 'parts': []}]}", TREE)).isEmpty();
    assertThat(faults("{'name': 'a', 'parts': [{'name': 'b', 'parts': [{}]}]}", TREE))
        .containsExactly("/parts/0/parts/0/name: expected a value, got nothing");
    assertThat(TREE.definition().json()).contains("{\"$ref\":\"#/components/schemas/Tree\"}");
  }
}
