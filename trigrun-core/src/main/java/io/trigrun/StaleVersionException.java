package io.trigrun;

/** It was changed since it was looked at: it has another version now. Nothing was changed. */
public final class StaleVersionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** For example {@code ("monitor nightly-backup", 3, 4)}. */
  public StaleVersionException(String what, long expected, long got) {
    super(
        "version: expected " + expected + " of " + what + ", got " + got + "; read it again first");
  }
}
