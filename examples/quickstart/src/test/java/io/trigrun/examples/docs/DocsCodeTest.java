package io.trigrun.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every Java block of every page compiles. What blocks may use without saying so: {@link Prelude}.
 * Blocks of {@code java mounting} are compiled and run where their frameworks are, in
 * examples/mounting.
 */
class DocsCodeTest {

  @TempDir Path classes;

  @Test
  void every_java_block_compiles() {
    List<Snippet> snippets = Page.all().stream().flatMap(page -> page.snippets().stream()).toList();

    assertThat(snippets).hasSizeGreaterThan(20);
    assertThat(complaints(snippets)).isEmpty();
  }

  @Test
  void the_examples_about_testing_hold() throws Exception {
    run(Page.of("docs/testing.md").snippets());
    run(
        Page.of("docs/workflows.md").snippets().stream()
            .filter(snippet -> snippet.code().stream().anyMatch(it -> it.contains("assertThat")))
            .toList());
  }

  private void run(List<Snippet> snippets) throws Exception {
    assertThat(snippets).isNotEmpty();
    assertThat(complaints(snippets)).isEmpty();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      for (Snippet snippet : snippets) {
        snippet.run(loader);
      }
    }
  }

  @Test
  void the_workflow_in_json_is_read_and_written_back() {
    String json = String.join("\n", Page.of("docs/workflows.md").blocks("json").get(0));

    Workflow read = Workflow.fromJson(json);

    assertThat(read.steps())
        .extracting(Step::id, Step::type)
        .containsExactly(
            tuple("enrich", "http"), tuple("review", "approval"), tuple("write", "http"));
    assertThat(Workflow.fromJson(read.toJson())).isEqualTo(read);
  }

  @Test
  void a_block_that_does_not_compile_is_named_with_page_and_line() {
    Snippet broken = new Snippet("docs/page.md", 7, List.of("int one = 1;", "int two = \"2\";"));

    assertThat(complaints(List.of(broken)))
        .singleElement()
        .asString()
        .startsWith("docs/page.md:8: incompatible types");
  }

  private List<String> complaints(List<Snippet> snippets) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-proc:none",
            "-nowarn",
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString());
    javac
        .getTask(
            null, null, diagnostics, options, null, snippets.stream().map(Snippet::toFile).toList())
        .call();
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(DocsCodeTest::complaint)
        .toList();
  }

  private static String complaint(Diagnostic<? extends JavaFileObject> diagnostic) {
    String message = diagnostic.getMessage(Locale.ROOT);
    return diagnostic.getSource() instanceof Snippet.SnippetFile file
        ? file.snippet().place(diagnostic.getLineNumber()) + ": " + message
        : message;
  }
}
