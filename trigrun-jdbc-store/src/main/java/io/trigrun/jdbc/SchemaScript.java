package io.trigrun.jdbc;

import io.trigrun.jdbc.dialect.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A numbered script of this jar. */
record SchemaScript(int version, String file, String template, boolean qualifiesIndexes) {

  /** Every script there is, in order; add new ones at the end and never change a released one. */
  private static final List<String> FILES =
      List.of("V1__executions_and_definitions.sql", "V2__trace.sql", "V3__journal.sql");

  private static final String CREATE_INDEX = "INDEX IF NOT EXISTS ";

  private static final Pattern STATEMENT = Pattern.compile("(?s)(?:\\$\\$.*?\\$\\$|[^;$]++|\\$)+");

  static List<SchemaScript> of(Dialect dialect) {
    return FILES.stream().map(file -> read(dialect, file)).toList();
  }

  static int newest(Dialect dialect) {
    return of(dialect).stream().mapToInt(SchemaScript::version).max().orElseThrow();
  }

  private static SchemaScript read(Dialect dialect, String file) {
    String path = "schema/" + dialect.folder() + "/" + file;
    try (InputStream script = SchemaScript.class.getResourceAsStream(path)) {
      if (script == null) {
        throw new IllegalStateException("expected " + path + " in the jar, got none");
      }
      int version = Integer.parseInt(file.substring(1, file.indexOf("__")));
      return new SchemaScript(
          version,
          file,
          new String(script.readAllBytes(), StandardCharsets.UTF_8),
          dialect.qualifiesIndexes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(TableNames names) {
    String renamed = names.rename(template);
    return qualifiesIndexes || names.schema().isEmpty()
        ? renamed
        : renamed.replace(CREATE_INDEX + names.schema().get() + ".", CREATE_INDEX);
  }

  /** Its statements without comments. A semicolon ends one, unless it is between two $$. */
  List<String> statements(TableNames names) {
    String code = text(names).replaceAll("--[^\n]*", "");
    return STATEMENT
        .matcher(code)
        .results()
        .map(MatchResult::group)
        .map(String::strip)
        .filter(sql -> !sql.isEmpty())
        .toList();
  }
}
