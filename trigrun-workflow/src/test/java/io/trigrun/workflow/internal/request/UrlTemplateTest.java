package io.trigrun.workflow.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.internal.expression.Scope;
import java.net.URI;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class UrlTemplateTest {

  private static final String URL =
      "https://h.example:8443/a/{{context.v}}/b/?x=1&q={{context.v}}&y=2";

  @Property
  void any_value_stays_in_its_place(@ForAll @StringLength(min = 1, max = 40) String value) {
    assumeThat(StorableText.isStorable(value)).isTrue();
    assumeThat(value).doesNotMatch("(?s)(.*[/\\\\])?\\.{1,2}([/\\\\;].*)?");
    URI uri = URI.create(render(URL, value));
    assertThat(uri.getAuthority()).isEqualTo("h.example:8443");
    assertThat(uri.getRawFragment()).isNull();
    assertThat(uri.getRawPath().split("/", -1)).hasSize(5);
    assertThat(URI.create("/" + uri.getRawPath().split("/", -1)[2]).getPath())
        .isEqualTo("/" + value);
    String[] query = uri.getRawQuery().split("&", -1);
    assertThat(query).hasSize(3);
    assertThat(URI.create("/?" + query[1]).getQuery()).isEqualTo("q=" + value);
    assertThat(query[1].substring(2)).matches("[A-Za-z0-9._~%-]*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../x",
        "a/../b",
        "..\\x",
        "a/..",
        "..;",
        "..;a=b/x",
        "\0",
        "\uD800"
      })
  void a_value_can_not_climb_or_vanish(String value) {
    assertThatThrownBy(() -> render("https://h/a/{{context.v}}/b", value))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("/p/url");
  }

  @Test
  void pieces_of_a_segment_are_judged_together() {
    assertThatThrownBy(() -> render("https://h/{{context.v}}{{context.v}}", "."))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> render("https://h/.{{context.v}}", ""))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> render("https://h/%2e{{context.v}}", "."))
        .isInstanceOf(ValidationException.class);
    assertThat(render("https://h/v{{context.v}}", "..")).isEqualTo("https://h/v..");
    assertThat(render("https://h/x/?q={{context.v}}", "")).isEqualTo("https://h/x/?q=");
  }

  @Test
  void a_value_is_bounded() {
    assertThatThrownBy(() -> render("https://h/{{context.v}}", "x".repeat(3_000)))
        .isInstanceOf(ValidationException.class);
  }

  private static String render(String url, String value) {
    Problems problems = new Problems();
    UrlTemplate template = UrlTemplate.parse("/p/url", url, problems);
    problems.throwIfAny();
    return template.render(
        Scope.of(Map.of("context", JsonNodeFactory.instance.objectNode().put("v", value))));
  }
}
