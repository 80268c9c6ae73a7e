package io.trigrun.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Asks for a turn that all of some rates allow at once.
 *
 * @param rates one or more, of different keys
 * @param from the earliest instant of use
 */
public record RateReservation(List<Rate> rates, Instant from) {

  public RateReservation {
    rates = List.copyOf(rates);
    from = from.truncatedTo(ChronoUnit.MICROS);
  }
}
