package io.trigrun.signing;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The headers of a request, names in any case. */
record ReceivedHeaders(Map<String, List<String>> all) {

  /** A header that must be there once, and which others may read differently if it is not. */
  record Single(List<String> values) {

    /** What is wrong with it. */
    Optional<Verification> fault() {
      return switch (values.size()) {
        case 0 -> Optional.of(Verification.MISSING);
        case 1 -> Optional.empty();
        default -> Optional.of(Verification.DUPLICATE);
      };
    }

    /** Its value; the empty text if it has none, so that there is something to compute with. */
    String value() {
      return values.size() == 1 ? values.get(0) : "";
    }
  }

  Single single(String name) {
    return new Single(
        all.entrySet().stream()
            .filter(entry -> name.equalsIgnoreCase(entry.getKey()))
            .flatMap(entry -> entry.getValue().stream())
            .toList());
  }
}
