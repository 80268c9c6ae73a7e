package io.trigrun.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  private final Problems problems = new Problems();

  @Test
  void a_problem_reads_as_field_expected_and_got() {
    assertThat(new Problem("timeout_seconds", "1 to 300", "0").message())
        .isEqualTo("timeout_seconds: expected 1 to 300, got 0");
  }

  @Test
  void nothing_is_thrown_when_every_check_held() {
    problems.check(true, "timeout_seconds", "1 to 300", 30);

    assertThat(problems.isEmpty()).isTrue();
    assertThatCode(problems::throwIfAny).doesNotThrowAnyException();
  }

  @Test
  void every_problem_is_reported_at_once_in_the_order_it_was_found() {
    problems.check(false, "url", "an absolute http or https URL", "ftp://x");
    problems.add("timeout_seconds", "1 to 300", "0");

    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(problems::throwIfAny)
        .withMessage(
            "url: expected an absolute http or https URL, got ftp://x; "
                + "timeout_seconds: expected 1 to 300, got 0")
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(Problem::field)
                    .containsExactly("url", "timeout_seconds"));
  }

  @Test
  void problems_of_a_nested_object_carry_its_path() {
    problems.addAll(
        "retry_policy",
        new ValidationException(List.of(new Problem("max_attempts", "1 to 50", "0"))));

    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(problems::throwIfAny)
        .withMessage("retry_policy.max_attempts: expected 1 to 50, got 0");
  }

  @Test
  void a_missing_value_is_shown_as_null() {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> Problems.require(false, "name", "a text", null))
        .withMessage("name: expected a text, got null");
  }

  @Test
  void a_long_value_is_cut_to_80_characters() {
    problems.check(false, "cron", "5 or 6 fields", "x".repeat(81));

    assertThat(got()).isEqualTo("x".repeat(80));
  }

  @Test
  void the_cut_never_splits_a_character() {
    problems.check(false, "name", "a text", "x".repeat(79) + "\uD83D\uDE00");

    assertThat(got()).isEqualTo("x".repeat(79));
  }

  @Test
  void require_throws_its_one_problem_at_once() {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> Problems.require(false, "priority", "-100 to 100", 101))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .containsExactly(new Problem("priority", "-100 to 100", "101")));
    assertThatCode(() -> Problems.require(true, "priority", "-100 to 100", 100))
        .doesNotThrowAnyException();
  }

  @Test
  void an_exception_without_a_problem_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ValidationException(List.of()))
        .withMessage("problems: expected at least 1, got none");
  }

  @Test
  void a_thrown_exception_keeps_its_problems_when_the_collector_goes_on() {
    problems.add("a", "1", "2");
    try {
      problems.throwIfAny();
    } catch (ValidationException e) {
      problems.add("b", "1", "2");
      assertThat(e.problems()).hasSize(1);
    }
  }

  @Test
  void an_exception_that_travelled_between_processes_keeps_its_problems() throws Exception {
    Problem problem = new Problem("priority", "-100 to 100", "101");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new ValidationException(List.of(problem)));
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((ValidationException) in.readObject()).problems()).containsExactly(problem);
    }
  }

  private String got() {
    try {
      problems.throwIfAny();
    } catch (ValidationException e) {
      return e.problems().get(0).got();
    }
    throw new AssertionError("expected a problem");
  }
}
