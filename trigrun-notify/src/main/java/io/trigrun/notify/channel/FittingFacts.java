package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Notice.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** As many facts as a medium has room for, from the first on; the last one says what is missing. */
final class FittingFacts {

  private FittingFacts() {}

  static List<Fact> of(List<Fact> facts, Predicate<List<Fact>> fits) {
    if (fits.test(facts)) {
      return facts;
    }
    for (int count = facts.size() - 1; count > 0; count--) {
      List<Fact> fewer = new ArrayList<>(facts.subList(0, count));
      fewer.add(new Fact("…", facts.size() - count + " more"));
      if (fits.test(fewer)) {
        return fewer;
      }
    }
    return List.of();
  }
}
