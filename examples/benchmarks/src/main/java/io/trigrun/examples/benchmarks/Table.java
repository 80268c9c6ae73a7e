package io.trigrun.examples.benchmarks;

import io.trigrun.examples.benchmarks.scenario.Measurement;
import io.trigrun.examples.benchmarks.scenario.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Measurements as a Markdown table: a row for each engine and variant, medians, how far repeats lie
 * apart, and the ratio to the best that TrigRun did in the same variant.
 */
final class Table {

  private final List<Metric> metrics;
  private final Map<String, List<Measurement>> rows = new LinkedHashMap<>();

  Table(List<Metric> metrics, List<Measurement> measurements) {
    this.metrics = metrics;
    for (Measurement each : measurements) {
      rows.computeIfAbsent(each.engine() + "\n" + each.variant(), key -> new ArrayList<>())
          .add(each);
    }
  }

  String render() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(header());
    rows.values().forEach(row -> lines.add(line(row)));
    int[] widths = new int[lines.get(0).size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      append(text, line, widths, " ");
      if (text.indexOf("\n") == text.length() - 1) {
        append(text, line.stream().map(cell -> "").toList(), widths, "-");
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> line, int[] widths, String filling) {
    for (int i = 0; i < widths.length; i++) {
      String cell = line.get(i);
      text.append("|").append(filling).append(cell);
      text.append(filling.repeat(widths[i] - cell.length() + 1));
    }
    text.append("|\n");
  }

  private boolean hasVariants() {
    return rows.values().stream().anyMatch(row -> !row.get(0).variant().isEmpty());
  }

  private List<String> header() {
    List<String> cells = new ArrayList<>();
    cells.add("engine");
    if (hasVariants()) {
      cells.add("variant");
    }
    for (Metric metric : metrics) {
      cells.add(metric.title() + ", median (min to max)");
      if (metric.equals(headline())) {
        cells.add("of TrigRun's best");
      }
    }
    cells.add("duplicates");
    cells.add("missing");
    return cells;
  }

  private List<String> line(List<Measurement> row) {
    List<String> cells = new ArrayList<>();
    cells.add(row.get(0).engine());
    if (hasVariants()) {
      cells.add(row.get(0).variant());
    }
    for (Metric metric : metrics) {
      cells.add(spread(row, metric));
      if (metric.equals(headline())) {
        cells.add(ratio(row));
      }
    }
    cells.add(sum(row, "duplicates"));
    cells.add(sum(row, "missing"));
    return cells;
  }

  private Metric headline() {
    return metrics.get(0);
  }

  private static String spread(List<Measurement> row, Metric metric) {
    if (row.stream().noneMatch(each -> each.values().containsKey(metric.key()))) {
      return "-";
    }
    double[] sorted = sorted(row, metric);
    return "%s (%s to %s)"
        .formatted(
            number(median(sorted), metric.decimals()),
            number(sorted[0], metric.decimals()),
            number(sorted[sorted.length - 1], metric.decimals()));
  }

  private String ratio(List<Measurement> row) {
    OptionalDouble best = best(row.get(0).variant());
    return best.isEmpty() || best.getAsDouble() == 0
        ? "-"
        : number(median(sorted(row, headline())) / best.getAsDouble(), 2);
  }

  /** TrigRun's best in a variant; in any, where engines differ in their variants. */
  private OptionalDouble best(String variant) {
    List<List<Measurement>> ours =
        rows.values().stream().filter(row -> row.get(0).engine().startsWith("trigrun")).toList();
    List<List<Measurement>> same =
        ours.stream().filter(row -> row.get(0).variant().equals(variant)).toList();
    Comparator<Double> order =
        headline().higherIsBetter()
            ? Comparator.<Double>naturalOrder()
            : Comparator.<Double>reverseOrder();
    return (same.isEmpty() ? ours : same)
        .stream()
            .map(row -> median(sorted(row, headline())))
            .max(order)
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty());
  }

  private static double[] sorted(List<Measurement> row, Metric metric) {
    return row.stream().mapToDouble(each -> each.value(metric.key())).sorted().toArray();
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String sum(List<Measurement> row, String key) {
    return number(row.stream().mapToDouble(each -> each.value(key)).sum(), 0);
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
