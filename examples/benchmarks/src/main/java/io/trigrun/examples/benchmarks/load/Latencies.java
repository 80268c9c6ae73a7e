package io.trigrun.examples.benchmarks.load;

/** How long answers took, counted by hundredths of a millisecond. */
final class Latencies {

  private static final int NANOS = 10_000;
  private static final int LONGEST = 2_000_000; // 20 s

  private final int[] counts = new int[LONGEST + 1];
  private long total;

  void add(long nanos) {
    counts[(int) Math.min(LONGEST, nanos / NANOS)]++;
    total++;
  }

  /** In milliseconds; 0 if there are none. */
  double percentile(double share) {
    long left = (long) Math.ceil(total * share);
    int at = 0;
    for (int i = 0; i <= LONGEST && left > 0; i++) {
      left -= counts[i];
      at = i;
    }
    return at / 100.0;
  }
}
