package io.trigrun.http;

import java.util.Optional;

/** Why a check failed; empty when it holds. */
record CheckResult(Optional<String> failure) {
  static final CheckResult HOLDS = new CheckResult(Optional.empty());

  static CheckResult of(boolean holds, String what, String expected, String got) {
    return holds
        ? HOLDS
        : new CheckResult(Optional.of(what + ": expected " + expected + ", got " + got));
  }
}
