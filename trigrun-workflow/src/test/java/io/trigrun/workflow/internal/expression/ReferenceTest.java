package io.trigrun.workflow.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.validation.Problems;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReferenceTest {

  private static final JsonNode ORDER =
      JsonText.read("{\"order\":{\"items\":[{\"name\":\"tea\"}],\"0\":\"zero\",\"x.id\":null}}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "context.order.items[0].name | \"tea\"",
        "context.order.items.0.name  | \"tea\"",
        "context['order'].items[0]   | {\"name\":\"tea\"}",
        "context.order[0]            | \"zero\"",
        "context.order[\"x.id\"]     | null"
      })
  void finds_keys_and_positions(String reference, String found) {
    Scope scope = Scope.of(Map.of("context", ORDER));
    assertThat(scope.find(parse(reference)).map(JsonNode::toString)).contains(found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "context.order.items[1]",
        "context.order.items.name",
        "context.order.items[00]x",
        "context.none.at.all",
        "trigger.body"
      })
  void finds_nothing_where_nothing_is(String reference) {
    Problems problems = new Problems();
    assertThat(
            Reference.parse("/x", reference, Root.DATA, problems)
                .flatMap(Scope.of(Map.of("context", ORDER))::find))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "contex.a",
        "Context.a",
        "context.",
        "context..a",
        "context[a]",
        "context[-1]",
        "context[01]",
        "context['a",
        "context['a'",
        "context.a b",
        "context.a + 1",
        "context.a()",
        "secret.token",
        "index.a",
        "job.owner",
        "job.id.x",
        "steps.enrich",
        "waits.review",
        "execution",
        "steps.a.b|upper"
      })
  void what_is_no_reference_is_refused(String text) {
    Problems problems = new Problems();
    assertThat(Reference.parse("/steps/0/when", text, Root.DATA, problems)).isEmpty();
    assertThat(problems.isEmpty()).isFalse();
  }

  @Test
  void is_bounded_in_characters_and_segments() {
    Problems problems = new Problems();
    assertThat(Reference.parse("/x", "context" + ".a".repeat(300), Root.DATA, problems)).isEmpty();
    assertThat(Reference.parse("/x", "context" + ".a".repeat(33), Root.DATA, problems)).isEmpty();
    assertThat(Reference.parse("/x", "context" + ".a".repeat(32), Root.DATA, problems)).isPresent();
  }

  @Property
  void what_is_printed_is_read_again(
      @ForAll @Size(max = 8) List<@StringLength(max = 20) String> path) {
    Reference reference = new Reference("context", path);
    assertThat(parse(reference.toString())).isEqualTo(reference);
    TemplateString template =
        TemplateString.parse("/x", "a {{ " + reference + " }} b", new Problems());
    assertThat(template.references()).extracting(Located::reference).containsExactly(reference);
  }

  private static Reference parse(String text) {
    Problems problems = new Problems();
    var reference = Reference.parse("/x", text, Root.DATA, problems);
    problems.throwIfAny();
    return reference.orElseThrow();
  }
}
