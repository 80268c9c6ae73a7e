package io.trigrun.secret;

/**
 * How many characters may be compared to find secrets in a text. Ordinary texts need one or two for
 * each of theirs. One that repeats the beginning of a long secret over and over needs as many as
 * the secret has: whoever writes both would keep a thread busy for minutes.
 */
final class Effort {
  private static final int LEAST = 10_000;
  private static final int PER_CHARACTER = 64;

  private long left;

  Effort(int characters, int needles) {
    left = LEAST + (long) characters * (PER_CHARACTER + needles);
  }

  /** Spends one; false if none is left. */
  boolean step() {
    return --left >= 0;
  }

  boolean isSpent() {
    return left < 0;
  }
}
