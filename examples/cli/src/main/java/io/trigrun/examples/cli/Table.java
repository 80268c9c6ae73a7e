package io.trigrun.examples.cli;

import io.trigrun.examples.cli.Column.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Rows below titles, as narrow as the screen. */
final class Table {

  private static final String GAP = "  ";
  private static final int NARROWEST = 8;

  private final List<Column> columns;
  private final List<List<String>> rows;

  Table(List<Column> columns, List<JsonNode> items) {
    this.columns = List.copyOf(columns);
    this.rows = items.stream().map(this::row).toList();
  }

  private List<String> row(JsonNode item) {
    return columns.stream().map(column -> Cells.clean(column.value().apply(item))).toList();
  }

  List<String> lines(Screen screen) {
    int[] widths = widths();
    if (screen.isTerminal()) {
      narrow(widths, screen.columns());
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        screen.bold(line(columns.stream().map(Column::title).toList(), widths, Screen.PLAIN)));
    rows.forEach(row -> lines.add(line(row, widths, screen)));
    return lines;
  }

  private int[] widths() {
    return IntStream.range(0, columns.size())
        .map(
            i ->
                rows.stream()
                    .mapToInt(row -> Cells.width(row.get(i)))
                    .reduce(Cells.width(columns.get(i).title()), Math::max))
        .toArray();
  }

  /** Takes cells from the widest column, until the line fits or none has one to spare. */
  private void narrow(int[] widths, int room) {
    int over = IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) - room;
    for (; over > 0; over--) {
      int widest = widest(widths, Cut.FIRST);
      int giving = widest < 0 ? widest(widths, Cut.LAST) : widest;
      if (giving < 0) {
        return;
      }
      widths[giving]--;
    }
  }

  private int widest(int[] widths, Cut cut) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean spares = columns.get(i).cut() == cut && widths[i] > NARROWEST;
      if (spares && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private static String line(List<String> values, int[] widths, Screen screen) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String text = Cells.cut(values.get(i), widths[i]);
      boolean last = i == widths.length - 1;
      String padding = last ? "" : Cells.pad(text, widths[i]).substring(text.length()) + GAP;
      line.append(screen.shaded(text)).append(padding);
    }
    return line.toString();
  }
}
