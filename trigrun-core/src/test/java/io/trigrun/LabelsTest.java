package io.trigrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.ValidationException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N10: labels")
class LabelsTest {

  @Test
  void are_a_set_in_order() {
    assertThat(Labels.of("b", "a", "b").names()).containsExactly("a", "b");
    assertThat(Labels.none().isEmpty()).isTrue();
    assertThat(Labels.of("team:ops").contains("team:ops")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "Z9", "team:ops", "eu-1/blue_2.0"})
  void of_the_usual_forms_are_taken(String name) {
    assertThat(Labels.of(name).contains(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-a", ":", "a b", "a,b", "ä", "a\n", "a\u0000"})
  void of_other_forms_are_refused(String name) {
    assertThatThrownBy(() -> Labels.of(name))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("labels: expected 1 to 64 letters");
  }

  @Test
  void have_64_characters_and_are_20_at_most() {
    List<String> twenty = IntStream.range(0, 20).mapToObj(i -> "l" + i).toList();
    assertThat(Labels.of(twenty).names()).hasSize(20);
    assertThat(Labels.of("x".repeat(64)).isEmpty()).isFalse();
    assertThatThrownBy(() -> Labels.of("x".repeat(65))).isInstanceOf(ValidationException.class);
    List<String> more = IntStream.range(0, 21).mapToObj(i -> "l" + i).toList();
    assertThatThrownBy(() -> Labels.of(more)).hasMessageContaining("at most 20 labels");
  }
}
