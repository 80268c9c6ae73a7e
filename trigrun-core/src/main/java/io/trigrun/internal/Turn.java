package io.trigrun.internal;

import io.trigrun.spi.Rate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A turn under rate limits, as an execution that waits for it carries it along.
 *
 * @param at when it may start
 * @param keys of the rates that have given it
 */
record Turn(Instant at, List<String> keys) {

  static Turn of(Instant at, List<Rate> rates) {
    return new Turn(at, rates.stream().map(Rate::key).toList());
  }

  static Optional<Turn> parse(String text) {
    List<String> lines = text.lines().toList();
    try {
      return Optional.of(new Turn(Instant.parse(lines.get(0)), lines.subList(1, lines.size())));
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      return Optional.empty(); // written by a later version: it asks for another one
    }
  }

  String text() {
    return at + "\n" + String.join("\n", keys);
  }

  boolean isOf(List<Rate> rates) {
    return keys.equals(rates.stream().map(Rate::key).toList());
  }
}
