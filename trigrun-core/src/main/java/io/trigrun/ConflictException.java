package io.trigrun;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;

/** What was asked for does not go with what is stored. Nothing was changed. */
public final class ConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Referrer[] referrers;

  /**
   * What needs something, so that it cannot go.
   *
   * @param kind {@code job} for example
   * @param name what people call it
   */
  public record Referrer(String kind, UUID id, String name) implements Serializable {}

  /** The message says what was expected, what is there, and the fix. */
  public ConflictException(String message) {
    this(message, List.of());
  }

  /** As {@link #ConflictException(String)}; with some of those that stand in the way. */
  public ConflictException(String message, List<Referrer> referrers) {
    super(message);
    this.referrers = referrers.toArray(Referrer[]::new);
  }

  /** Who stands in the way, for something that cannot go: not more than 100 of them. */
  public List<Referrer> referrers() {
    return List.of(referrers);
  }
}
