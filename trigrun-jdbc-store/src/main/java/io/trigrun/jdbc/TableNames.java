package io.trigrun.jdbc;

import io.trigrun.validation.Problems;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Where the tables are. SQL is written with the default names and rewritten for others; as both
 * parts are plain identifiers nothing else can get in.
 */
final class TableNames {

  static final String DEFAULT_PREFIX = "trigrun_";

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,29}");
  private static final String EXPECTED = "a letter, then up to 29 letters, digits and underscores";
  private static final Pattern NAME = Pattern.compile("\\btrigrun_(?=[a-z])");

  static final TableNames DEFAULT = new TableNames(DEFAULT_PREFIX, Optional.empty());

  private final String prefix;
  private final Optional<String> schema;
  private final String start;
  private final Map<String, String> expanded = new ConcurrentHashMap<>();

  TableNames(String prefix, Optional<String> schema) {
    Problems.require(IDENTIFIER.matcher(prefix).matches(), "table_prefix", EXPECTED, prefix);
    schema.ifPresent(
        name -> Problems.require(IDENTIFIER.matcher(name).matches(), "schema", EXPECTED, name));
    this.prefix = prefix;
    this.schema = schema;
    start = schema.map(name -> name + ".").orElse("") + prefix;
  }

  String prefix() {
    return prefix;
  }

  Optional<String> schema() {
    return schema;
  }

  /** A statement with these names. Statements are few, so they are remembered. */
  String in(String sql) {
    return start.equals(DEFAULT_PREFIX) ? sql : expanded.computeIfAbsent(sql, this::rename);
  }

  /** A script with these names. */
  String rename(String sql) {
    return NAME.matcher(sql).replaceAll(start);
  }

  /** The name of a table. */
  String table(String name) {
    return start + name;
  }
}
