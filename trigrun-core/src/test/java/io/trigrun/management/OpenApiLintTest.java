package io.trigrun.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trigrun.TrigRun;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The OpenAPI document is one to others, too. */
class OpenApiLintTest {

  @Test
  void a_public_linter_finds_nothing_wrong_with_the_document() throws IOException {
    assumeTrue(OpenApiLinter.isHere(), OpenApiLinter.MISSING);

    assertThat(OpenApiLinter.problems(document())).isEmpty();
  }

  @Test
  void the_linter_sees_what_is_wrong() throws IOException {
    assumeTrue(OpenApiLinter.isHere(), OpenApiLinter.MISSING);
    String broken = document().replace("\"operationId\":\"create_monitor\"", "\"operation\":\"x\"");

    List<String> problems = OpenApiLinter.problems(broken);

    assertThat(problems).anyMatch(problem -> problem.startsWith("error struct"));
  }

  private static String document() {
    try (TrigRun trigrun = TrigRun.builder().build()) {
      return Management.routes(trigrun, request -> Optional.empty(), "https://jobs.trigrun.invalid")
          .openApi();
    }
  }
}
