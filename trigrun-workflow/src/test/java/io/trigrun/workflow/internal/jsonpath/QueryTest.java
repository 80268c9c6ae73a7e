package io.trigrun.workflow.internal.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

class QueryTest {

  private static final String SHOP =
      """
      {"books":[{"title":"Sand","price":8.5,"tags":["a","b"]},{"title":"Wind","price":12,"isbn":"x-1"}],
       "bike":{"color":"red","price":12.0}, "odd keys":{"a.b":1,"":2,"é":3}, "limit":10}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "$.limit                                   ~ [10]",
        "$['odd keys']['a.b']                      ~ [1]",
        "$['odd keys'].é                           ~ [3]",
        "$['odd keys']['']                         ~ [2]",
        "$.books[0,-1].title                       ~ [`Sand`,`Wind`]",
        "$.books[::-1].title                       ~ [`Wind`,`Sand`]",
        "$.books[5].title                          ~ []",
        "$..price                                  ~ [8.5,12,12.0]",
        "$.books[?@.price < $.limit].title         ~ [`Sand`]",
        "$.books[?@.price == $.bike.price].title   ~ [`Wind`]",
        "$.books[?@.isbn && !@.tags].title         ~ [`Wind`]",
        "$.books[?(@.isbn || @.tags)].title        ~ [`Sand`,`Wind`]",
        "$.books[?length(@.title) >= 4].title      ~ [`Sand`,`Wind`]",
        "$.books[?count(@.tags[*]) == 2].title     ~ [`Sand`]",
        "$.books[?value(@..isbn) == 'x-1'].title   ~ [`Wind`]",
        "$.books[?match(@.title, 'W.*')].title     ~ [`Wind`]",
        "$.books[?search(@.title, '[a-d]n')].title ~ [`Sand`]",
        "$.books[?@.none == $.nothing].title       ~ [`Sand`,`Wind`]",
        "$.books[?@.title > 'S' ].title            ~ [`Sand`,`Wind`]",
        "$.books[?@.tags == $.books[0].tags].price ~ [8.5]"
      })
  void finds_what_the_standard_says(String query, String found) {
    assertThat(find(query, SHOP)).isEqualTo(found.replace('`', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "books",
        " $",
        "$ ",
        "$.",
        "$.odd keys",
        "$.a-b",
        "$[a]",
        "$[01]",
        "$[-0]",
        "$['a]",
        "$[9007199254740992]",
        "$[?@.a == @.*]",
        "$[?@.a = 1]",
        "$[?(@.a) == 1]",
        "$[?length(@.a)]",
        "$[?match(@.a, 'a') == true]",
        "$[?count(1) == 1]",
        "$[?nosuch(@.a)]",
        "$[?true]",
        "$.books.length()",
        "$..",
        "$[]",
        "$[\"\\uD800\"]"
      })
  void refuses_what_is_no_query(String query) {
    assertThatThrownBy(() -> Query.parse(query))
        .isInstanceOf(QuerySyntaxException.class)
        .hasMessageContaining("at character");
  }

  @ParameterizedTest
  @CsvSource({"$,true", "$.a['b'][0],true", "$.a[*],false", "$..a,false", "$[0:1],false"})
  void knows_whether_it_is_singular(String query, boolean isSingular) {
    assertThat(Query.parse(query).isSingular()).isEqualTo(isSingular);
  }

  @Test
  void a_document_deeper_than_any_stack_is_walked() {
    ArrayNode deep = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < 100_000; i++) {
      deep = JsonNodeFactory.instance.arrayNode().add(deep);
    }
    assertThat(Query.parse("$..[0]").find(deep)).hasSize(100_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$[?count($..*) > count($[?count($..*) > 1])]",
        "$..[?count(@..*) > 0]..[?count($..*) == 0]"
      })
  void a_query_that_explodes_is_given_up(String query) {
    ArrayNode wide = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < 3_000; i++) {
      wide.addArray().add(i).addArray().addArray();
    }
    assertThatThrownBy(() -> Query.parse(query).find(wide)).isInstanceOf(QueryLimitException.class);
  }

  @Test
  void nested_conditions_are_bounded() {
    String query = "$[?" + "(".repeat(300) + "@.a" + ")".repeat(300) + "]";
    assertThatThrownBy(() -> Query.parse(query)).isInstanceOf(QuerySyntaxException.class);
    assertThatThrownBy(() -> Query.parse("$" + ".a".repeat(1_000)))
        .isInstanceOf(QuerySyntaxException.class);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "(a|aa)+c",
        "(a*)*c",
        "(a?){30}a{30}c",
        "((a{0,9}){0,9}){0,9}c",
        "(.*)(.*)(.*)(.*)c"
      })
  void a_regular_expression_can_not_run_away(String regex) {
    String document = "[\"" + "a".repeat(2_000) + "\"]";
    assertThat(find("$[?match(@, '" + regex + "')]", document)).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a{1000000}", "(a{1000}){1000}", "((){99999}){99999}"})
  void a_regular_expression_is_bounded_in_size(String regex) {
    assertThatThrownBy(() -> find("$[?match(@, '" + regex + "')]", "[\"aaa\"]"))
        .isInstanceOf(QueryLimitException.class);
  }

  @Test
  void deep_regular_expressions_of_a_document_do_not_blow_the_stack() {
    String regex = "(".repeat(100_000);
    assertThatThrownBy(() -> find("$[?match('a', @)]", "[\"" + regex + "\"]"))
        .isInstanceOf(QueryLimitException.class);
  }

  private static String find(String query, String document) {
    List<JsonNode> found = Query.parse(query.strip()).find(JsonMapper.shared().readTree(document));
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
    found.forEach(nodes::add);
    return nodes.toString();
  }
}
