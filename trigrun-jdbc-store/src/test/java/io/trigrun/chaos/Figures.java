package io.trigrun.chaos;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a test has done, on one line of the build's output. */
final class Figures {

  private final String test;
  private final Seed seed;
  private final long since = System.nanoTime();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  Figures(String test, Seed seed) {
    this.test = test;
    this.seed = seed;
  }

  Figures add(String name, long count) {
    counts.merge(name, count, Long::sum);
    return this;
  }

  long of(String name) {
    return counts.getOrDefault(name, 0L);
  }

  @SuppressWarnings("SystemOut")
  void print() {
    String all =
        counts.entrySet().stream()
            .map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining(" "));
    long seconds = (System.nanoTime() - since) / 1_000_000_000;
    System.out.println(
        "chaos " + test + ": " + all + " seconds=" + seconds + " seed=" + seed.number());
  }
}
