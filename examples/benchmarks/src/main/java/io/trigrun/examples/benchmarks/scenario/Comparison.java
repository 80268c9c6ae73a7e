package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.examples.benchmarks.scenario.Drain.Drained;
import java.util.Map;

/**
 * A trial that measures the rate in a circumstance and right beside it, in the same repeat, the
 * rate without it. Which goes first changes from repeat to repeat.
 */
abstract class Comparison implements Trial {

  private final String plainName;
  private boolean plainFirst;

  /** With what the plain rate is called, as in {@code one_node}. */
  Comparison(String plainName) {
    this.plainName = plainName;
  }

  /** In the circumstance. */
  abstract Drained changed() throws Exception;

  /** Without it. */
  abstract Drained plain() throws Exception;

  @Override
  public final Map<String, Number> measure() throws Exception {
    plainFirst = !plainFirst;
    Drained plain;
    Drained changed;
    if (plainFirst) {
      plain = plain();
      changed = changed();
    } else {
      changed = changed();
      plain = plain();
    }
    Map<String, Number> values = changed.values();
    values.put("duplicates", plain.duplicates() + changed.duplicates());
    values.put("missing", plain.missing() + changed.missing());
    values.put(plainName + "_per_second", plain.perSecond());
    values.put("of_" + plainName, changed.perSecond() / plain.perSecond());
    return values;
  }
}
