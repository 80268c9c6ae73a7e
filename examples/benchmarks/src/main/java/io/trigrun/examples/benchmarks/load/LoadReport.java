package io.trigrun.examples.benchmarks.load;

import java.util.BitSet;
import java.util.List;

/**
 * What a load has seen.
 *
 * @param accepted numbers of the deliveries that were answered with 2xx
 * @param unknown numbers of those whose connection broke before the answer
 * @param repeated deliveries that were sent once more after they had been accepted, and accepted
 *     again
 * @param refused answers with another status
 * @param nanos how long it lasted
 */
public record LoadReport(
    BitSet accepted,
    BitSet unknown,
    int repeated,
    int refused,
    long nanos,
    double p50,
    double p99,
    double p999) {

  private static final int FIGURES = 8;

  /** Of the lines that {@link LoadGenerator} answers with. */
  public static LoadReport read(String line, BitSet accepted, BitSet unknown) {
    List<String> figures = List.of(line.split(" ", -1));
    if (figures.size() != FIGURES) {
      throw new IllegalStateException("expected the figures of a load, got " + line);
    }
    return new LoadReport(
        accepted,
        unknown,
        Integer.parseInt(figures.get(1)),
        Integer.parseInt(figures.get(2)),
        Long.parseLong(figures.get(4)),
        Double.parseDouble(figures.get(5)),
        Double.parseDouble(figures.get(6)),
        Double.parseDouble(figures.get(7)));
  }

  /** Answers with 2xx a second. */
  public double perSecond() {
    return (accepted.cardinality() + repeated) / (nanos / 1e9);
  }
}
