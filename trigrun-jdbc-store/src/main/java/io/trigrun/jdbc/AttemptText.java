package io.trigrun.jdbc;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.spi.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An attempt as one text, a field a line, in the column {@code last_attempt}.
 *
 * @param leaseNumber of the lease under which it was made
 */
record AttemptText(long leaseNumber, Attempt attempt) {

  private static final String ABSENT = "";
  private static final String PRESENT = "=";

  Lease lease(UUID executionId) {
    return new Lease(executionId, leaseNumber);
  }

  /** The same number under the same lease is the same attempt. */
  boolean isSame(AttemptText other) {
    return leaseNumber == other.leaseNumber && attempt.number() == other.attempt().number();
  }

  static String write(Lease lease, Attempt attempt) {
    return Lines.join(
        List.of(
            Long.toString(lease.number()),
            Integer.toString(attempt.number()),
            attempt.status().name(),
            InstantText.of(attempt.startedAt()),
            Long.toString(attempt.latency().toNanos()),
            maybe(attempt.statusCode().map(code -> Integer.toString(code))),
            maybe(attempt.errorClass()),
            maybe(attempt.error()),
            maybe(attempt.bodyPreview()),
            headers(attempt.headers()),
            attempt.node()));
  }

  static AttemptText read(String text) {
    List<String> fields = Lines.split(text);
    Attempt attempt =
        new Attempt(
            Integer.parseInt(fields.get(1)),
            AttemptStatus.valueOf(fields.get(2)),
            Instant.parse(fields.get(3)),
            Duration.ofNanos(Long.parseLong(fields.get(4))),
            maybe(fields.get(5)).map(Integer::valueOf),
            maybe(fields.get(6)),
            maybe(fields.get(7)),
            maybe(fields.get(8)),
            headers(fields.get(9)),
            fields.get(10));
    return new AttemptText(Long.parseLong(fields.get(0)), attempt);
  }

  /** A name on one line, its value on the next. */
  static String headers(Map<String, String> headers) {
    if (headers.isEmpty()) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    new TreeMap<>(headers)
        .forEach(
            (name, value) -> {
              lines.add(name);
              lines.add(value);
            });
    return Lines.join(lines);
  }

  static Map<String, String> headers(String lines) {
    List<String> texts = Lines.split(lines);
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i + 1 < texts.size(); i += 2) {
      headers.put(texts.get(i), texts.get(i + 1));
    }
    return headers;
  }

  private static String maybe(Optional<String> text) {
    return text.map(present -> PRESENT + present).orElse(ABSENT);
  }

  private static Optional<String> maybe(String field) {
    return field.equals(ABSENT) ? Optional.empty() : Optional.of(field.substring(PRESENT.length()));
  }
}
