package io.trigrun.examples.benchmarks.load;

import java.util.BitSet;

/** What became of requests, by number. */
final class Tally {

  private final BitSet accepted = new BitSet();
  private final BitSet unknown = new BitSet();
  private final Latencies latencies = new Latencies();
  private int next;
  private int repeated;
  private int refused;
  private long nanos;

  int nextNumber() {
    return next++;
  }

  BitSet accepted() {
    return accepted;
  }

  /** Those whose connection broke before the answer. */
  BitSet unknown() {
    return unknown;
  }

  void answered(int number, boolean isRepeat, int status, long took) {
    latencies.add(took);
    if (status < 200 || status > 299) {
      refused++;
    } else if (isRepeat) {
      repeated++;
    } else {
      accepted.set(number);
    }
  }

  void broke(int number, boolean isRepeat) {
    if (!isRepeat) {
      unknown.set(number);
    }
  }

  void lasted(long value) {
    nanos = value;
  }

  /** As {@link LoadReport} reads it. */
  String line() {
    return String.join(
        " ",
        Integer.toString(accepted.cardinality()),
        Integer.toString(repeated),
        Integer.toString(refused),
        Integer.toString(unknown.cardinality()),
        Long.toString(nanos),
        Double.toString(latencies.percentile(0.5)),
        Double.toString(latencies.percentile(0.99)),
        Double.toString(latencies.percentile(0.999)));
  }
}
