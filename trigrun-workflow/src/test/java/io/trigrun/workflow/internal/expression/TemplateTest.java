package io.trigrun.workflow.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class TemplateTest {

  private static final Scope SCOPE =
      Scope.of(
          Map.of(
              "context",
              JsonText.read(
                  """
                  {"name":"Ann","count":3,"price":1.50,"yes":true,"none":null,
                   "list":[1,"a"],"trap":"{{secret.key}} {{context.name}} secret://key"}
                  """)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{context.count}}          | 3",
        "{{ context.price }}        | 1.50",
        "{{context.none}}           | null",
        "{{context.list}}           | [1,\"a\"]",
        "' {{context.count}}'       | \" 3\"",
        "a {{context.name}} b       | \"a Ann b\"",
        "a {{context.price}}        | \"a 1.50\"",
        "a {{context.yes}}          | \"a true\"",
        "a{{context.none}}b         | \"ab\"",
        "a {{context.list}}         | \"a [1,\\\"a\\\"]\"",
        "}} {a} }                   | \"}} {a} }\"",
        "{{context.x ?? \"none\"}}  | \"none\"",
        "{{context.none ?? 0}}      | 0",
        "{{context.count ?? 0}}     | 3",
        "{{context['a ?? b'] ?? []}}| []",
        "n={{context.x ?? null}}    | \"n=\""
      })
  void renders_with_types_or_as_text(String template, String rendered) {
    assertThat(JsonText.write(parse(template).render(SCOPE))).isEqualTo(rendered);
  }

  @Test
  void what_is_put_in_is_never_parsed_again() {
    String trap = "{{secret.key}} {{context.name}} secret://key";
    assertThat(parse("{{context.trap}}").renderText(SCOPE)).isEqualTo(trap);
    assertThat(parse("<{{context.trap}}>").renderText(SCOPE)).isEqualTo("<" + trap + ">");
    assertThat(tree("{\"a\":[\"{{context.trap}}\"]}").render(SCOPE).at("/a/0").stringValue())
        .isEqualTo(trap);
  }

  @Property
  void any_text_comes_out_as_it_went_in(@ForAll String value) {
    JsonNode context = JsonNodeFactory.instance.objectNode().put("v", value);
    Scope scope = Scope.of(Map.of("context", context));
    assertThat(parse("<{{context.v}}>").renderText(scope)).isEqualTo("<" + value + ">");
    JsonNode rendered = tree("{\"a\":\"{{context.v}}\",\"b\":\"-{{context.v}}\"}").render(scope);
    assertThat(rendered.size()).isEqualTo(2);
    assertThat(rendered.get("a").stringValue()).isEqualTo(value);
    assertThat(rendered.get("b").stringValue()).isEqualTo("-" + value);
  }

  @Test
  void a_tree_keeps_everything_else() {
    String json = "{\"b\":1.10,\"a\":[true,null,{\"x\":\"y\"}],\"c\":{}}";
    TemplateTree tree = tree(json);
    assertThat(tree.isConstant()).isTrue();
    assertThat(JsonText.write(tree.render(SCOPE))).isEqualTo(json);
  }

  @Test
  void references_come_with_their_places() {
    TemplateTree tree =
        tree("{\"a/b\":[\"x\",\"{{context.name}}\"],\"c\":\"{{trigger.body.x ?? 1}}\"}");
    assertThat(tree.references())
        .extracting(Located::pointer, found -> found.reference().toString(), Located::hasDefault)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("/p/a~1b/1", "context.name", false),
            org.assertj.core.groups.Tuple.tuple("/p/c", "trigger.body.x", true));
  }

  @Test
  void a_reference_without_a_value_says_which_and_where() {
    assertThatThrownBy(() -> tree("{\"a\":\"{{context.nme}} {{context.name}}\"}").render(SCOPE))
        .isInstanceOf(UnresolvedReferenceException.class)
        .hasMessageStartingWith("/p/a: expected a value for {{context.nme}}, got nothing")
        .hasMessageNotContaining("Ann");
  }

  @Test
  void every_mistake_is_told_with_its_place() {
    String json =
        """
        {"a":"{{nope.x}}","{{context.k}}":1,"c":["{{context.x ?? }}","{{context.x ?? nope}}",
         "{{context.x","{{secret.key}}"]}
        """;
    assertThatThrownBy(() -> tree(json))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::field)
                    .containsExactly(
                        "/p/a", "/p/{{context.k}}", "/p/c/0", "/p/c/1", "/p/c/2", "/p/c/3"));
  }

  @Test
  void a_small_template_does_not_become_a_huge_document() {
    ObjectNode context = JsonNodeFactory.instance.objectNode().put("big", "x".repeat(1_000_000));
    Scope scope = Scope.of(Map.of("context", context));
    String three = "{{context.big}}{{context.big}}{{context.big}}";
    assertThatThrownBy(() -> parse(three).render(scope))
        .isInstanceOf(OversizedRenderingException.class);
    assertThatThrownBy(
            () -> tree("[\"{{context}}\",\"{{context}}\",\"{{context}}\"]").render(scope))
        .isInstanceOf(OversizedRenderingException.class)
        .hasMessageStartingWith("/p/2: expected at most");
  }

  @Test
  void a_document_can_not_become_a_part_of_itself() {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context.set("self", parse("{{context}}").render(Scope.of(Map.of("context", context))));
    assertThat(context.toString()).isEqualTo("{\"self\":{}}");
  }

  @Test
  void nesting_ends_before_parsers_give_up() {
    JsonNode deep = JsonText.read("[".repeat(200) + "]".repeat(200));
    Scope scope = Scope.of(Map.of("context", deep));
    assertThat(parse("{{context}}").render(scope)).isEqualTo(deep);
    assertThatThrownBy(() -> tree("[[\"{{context}}\"]]").render(scope))
        .isInstanceOf(OversizedRenderingException.class);
  }

  private static TemplateString parse(String text) {
    Problems problems = new Problems();
    TemplateString template = TemplateString.parse("/p", text, problems);
    problems.throwIfAny();
    return template;
  }

  private static TemplateTree tree(String json) {
    Problems problems = new Problems();
    TemplateTree tree = TemplateTree.parse("/p", JsonText.read(json), Root.DATA, problems);
    problems.throwIfAny();
    assertThat(List.copyOf(tree.references())).isNotNull();
    return tree;
  }
}
