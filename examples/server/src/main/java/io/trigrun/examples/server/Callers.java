package io.trigrun.examples.server;

import io.trigrun.ConflictException;
import io.trigrun.TrigRun;
import io.trigrun.management.BearerTokens;
import io.trigrun.management.Caller;
import io.trigrun.route.Role;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.util.Optional;

/**
 * Who may manage the server: who has the token of the environment, or one that is stored. If there
 * is neither, one is made and shown.
 *
 * @param isGiven whether the environment has a token
 */
record Callers(BearerTokens tokens, boolean isGiven) {

  private static final String FIRST = "first";

  static Callers of(TrigRun trigrun, Optional<String> given) {
    BearerTokens tokens = BearerTokens.of(trigrun);
    return given
        .map(text -> new Callers(fixed(tokens, text), true))
        .orElseGet(() -> new Callers(tokens, false));
  }

  /**
   * Makes a token if there is none, which can't be read again: to be called when nothing can keep
   * it from being shown any more.
   */
  Optional<String> first() {
    if (isGiven || !tokens.list(TrigRun.DEFAULT_WORKSPACE, 1).items().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(tokens.create(FIRST, TrigRun.DEFAULT_WORKSPACE, Role.WRITE).text());
    } catch (ConflictException e) { // another server on the database has just shown it
      return Optional.empty();
    }
  }

  private static BearerTokens fixed(BearerTokens tokens, String text) {
    try {
      return tokens.withFixed(
          text, new Caller("TRIGRUN_TOKEN", TrigRun.DEFAULT_WORKSPACE, Role.WRITE));
    } catch (ValidationException e) { // which does not show it
      Problem problem = e.problems().get(0);
      throw new IllegalArgumentException(
          new Problem("TRIGRUN_TOKEN", problem.expected(), problem.got()).message(), e);
    }
  }

  @Override
  public String toString() {
    return "Callers[...]";
  }
}
