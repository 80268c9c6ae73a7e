package io.trigrun.examples.docs;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.SimpleJavaFileObject;

/**
 * A block of Java in a page. Blocks of statements, local classes and records included, become the
 * body of a method that sees the imports and the names of {@link Prelude}; a block that begins with
 * {@code import} is a whole file.
 *
 * @param line where it begins in the page, from 1
 */
record Snippet(String page, int line, List<String> code) {

  private static final String IMPORTS =
      Stream.of(
              "com.sun.net.httpserver",
              "io.trigrun",
              "io.trigrun.command",
              "io.trigrun.contract",
              "io.trigrun.crontab",
              "io.trigrun.egress",
              "io.trigrun.event",
              "io.trigrun.handler",
              "io.trigrun.http",
              "io.trigrun.inbound",
              "io.trigrun.jdbc",
              "io.trigrun.management",
              "io.trigrun.memory",
              "io.trigrun.micrometer",
              "io.trigrun.monitor",
              "io.trigrun.notify",
              "io.trigrun.notify.channel",
              "io.trigrun.notify.provider",
              "io.trigrun.opentelemetry",
              "io.trigrun.route",
              "io.trigrun.schedule",
              "io.trigrun.schedulefile",
              "io.trigrun.secret",
              "io.trigrun.signing",
              "io.trigrun.spi",
              "io.trigrun.testing",
              "io.trigrun.trace",
              "io.trigrun.validation",
              "io.trigrun.workflow",
              "io.trigrun.workflow.definition",
              "io.trigrun.workflow.inbound",
              "java.net",
              "java.nio.file",
              "java.sql",
              "java.time",
              "java.util",
              "java.util.concurrent",
              "static java.nio.charset.StandardCharsets",
              "static org.assertj.core.api.Assertions")
          .map(name -> "import " + name + ".*;\n")
          .collect(Collectors.joining("", "", "import java.math.BigDecimal;\n"));

  private boolean isFile() {
    return code.get(0).startsWith("import ");
  }

  private String before() {
    return isFile()
        ? ""
        : IMPORTS
            + "class "
            + className()
            + " extends io.trigrun.examples.docs.Prelude {\nvoid code() throws Exception {\n";
  }

  String className() {
    return "Code_" + page.replaceAll("\\W", "_") + "_" + line;
  }

  private String source() {
    return before() + String.join("\n", code) + (isFile() ? "\n" : "\n}}\n");
  }

  /** A line of {@link #source}, from 1, as a place in the page. */
  String place(long sourceLine) {
    return page + ":" + (line + sourceLine - 1 - before().lines().count());
  }

  /** The same for javac. */
  SimpleJavaFileObject toFile() {
    return new SnippetFile(this);
  }

  /** Runs what was compiled. */
  void run(ClassLoader loader) throws Exception {
    Constructor<?> constructor = loader.loadClass(className()).getDeclaredConstructor();
    constructor.setAccessible(true);
    Method method = constructor.getDeclaringClass().getDeclaredMethod("code");
    method.setAccessible(true);
    method.invoke(constructor.newInstance());
  }

  static final class SnippetFile extends SimpleJavaFileObject {
    private final Snippet snippet;

    SnippetFile(Snippet snippet) {
      super(URI.create("string:///" + snippet.className() + ".java"), Kind.SOURCE);
      this.snippet = snippet;
    }

    Snippet snippet() {
      return snippet;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return snippet.source();
    }
  }
}
