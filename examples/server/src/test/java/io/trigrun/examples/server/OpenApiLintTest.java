package io.trigrun.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The OpenAPI document of all that the server has is one to others, too. */
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
    try (WholeSurface surface = new WholeSurface()) {
      return surface
          .management
          .openApi()
          .replace(WholeSurface.URL, "https://jobs.trigrun.invalid"); // a rule knows example.com
    }
  }
}
