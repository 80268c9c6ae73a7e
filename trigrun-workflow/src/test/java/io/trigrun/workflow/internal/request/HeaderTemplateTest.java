package io.trigrun.workflow.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.http.SecretLookup;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.internal.expression.Scope;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class HeaderTemplateTest {

  private static final SecretLookup SECRETS = name -> Optional.of("<" + name + ">");

  @Property
  void a_value_comes_through_as_it_is_or_not_at_all(
      @ForAll @CharRange(from = '\0', to = '\377') @StringLength(max = 30) String value) {
    boolean isPrintable = value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 127));
    if (isPrintable) {
      assertThat(render("a {{context.v}} secret://k.1", value)).isEqualTo("a " + value + " <k.1>");
    } else {
      assertThatThrownBy(() -> render("a {{context.v}}", value))
          .isInstanceOf(ValidationException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX: y", "a\nb", "a\0b", "é", "\u007f"})
  void what_no_header_can_carry_is_refused_unseen(String value) {
    assertThatThrownBy(() -> render("{{context.v}}", value))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("/p: expected values of printable ASCII")
        .hasMessageNotContaining(value);
  }

  private static String render(String header, String value) {
    Problems problems = new Problems();
    HeaderTemplate template = HeaderTemplate.parse("/p", header, problems);
    problems.throwIfAny();
    return template.render(
        Scope.of(Map.of("context", JsonNodeFactory.instance.objectNode().put("v", value))),
        SECRETS);
  }
}
