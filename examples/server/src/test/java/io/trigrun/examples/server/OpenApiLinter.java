package io.trigrun.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Redocly's rules for OpenAPI documents, which are JavaScript: {@code src/test/openapi-lint}. The
 * build installs them where there is npm.
 */
final class OpenApiLinter {

  static final String MISSING =
      "Skipped: no linter is installed, so the OpenAPI document was not checked by one;"
          + " it needs npm and node 20.19 or newer on the PATH, and a build by Maven";

  private static final Path HOME = Path.of("target", "openapi-lint");

  private OpenApiLinter() {}

  static boolean isHere() {
    return Files.exists(HOME.resolve("node_modules/installed"));
  }

  /** What the rules find, each as severity, rule, message and where. */
  static List<String> problems(String document) throws IOException {
    Process node =
        new ProcessBuilder("node", "lint.mjs")
            .directory(HOME.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream to = node.getOutputStream()) {
      to.write(document.getBytes(UTF_8));
    }
    return JsonMapper.shared()
        .readTree(node.getInputStream().readAllBytes())
        .valueStream()
        .map(
            problem ->
                String.join(
                    " ",
                    problem.required("severity").stringValue(),
                    problem.required("rule").stringValue(),
                    problem.required("message").stringValue(),
                    problem.required("where").stringValue()))
        .toList();
  }
}
