package io.trigrun.examples.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import tools.jackson.databind.JsonNode;

/**
 * One thing of the API: a line for each field that has a value, a table for lists of things. What
 * is not set is left out, as it is most of what things can have.
 */
final class Sheet {

  private static final int LONGEST = 2_000;

  private final Map<String, String> lines = new LinkedHashMap<>();
  private final Map<String, Table> tables = new LinkedHashMap<>();

  Sheet(JsonNode thing) {
    gather("", thing);
  }

  private void gather(String prefix, JsonNode thing) {
    for (Entry<String, JsonNode> field : thing.properties()) {
      String name = prefix + Cells.clean(field.getKey());
      JsonNode value = field.getValue();
      if (value.isObject() && !value.isEmpty()) {
        gather(name + ".", value);
      } else if (value.isArray()
          && !value.isEmpty()
          && value.valueStream().allMatch(JsonNode::isObject)) {
        tables.put(name, table(value));
      } else if (!Values.isNothing(value)) {
        lines.put(name, Cells.cut(Cells.clean(Values.of(value)), LONGEST));
      }
    }
  }

  /** With a column for each field that any of them has. */
  private static Table table(JsonNode things) {
    List<JsonNode> rows = things.valueStream().toList();
    List<Column> columns =
        rows.stream()
            .flatMap(row -> row.properties().stream())
            .filter(field -> !Values.isNothing(field.getValue()))
            .map(Entry::getKey)
            .distinct()
            .map(name -> Column.of(Cells.clean(name).toUpperCase(Locale.ROOT), name))
            .toList();
    return new Table(columns, rows);
  }

  List<String> lines(Screen screen) {
    int width = lines.keySet().stream().mapToInt(Cells::width).reduce(0, Math::max);
    List<String> text = new ArrayList<>();
    lines.forEach(
        (name, value) ->
            text.add(screen.bold(Cells.pad(name, width)) + "  " + screen.shaded(value)));
    tables.forEach(
        (name, table) -> {
          text.add("");
          text.add(screen.bold(name));
          table.lines(screen.indented()).forEach(line -> text.add("  " + line));
        });
    return text;
  }
}
