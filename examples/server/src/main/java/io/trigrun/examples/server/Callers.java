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
 * @param shown the new token, which can't be read again
 */
record Callers(BearerTokens tokens, Optional<String> shown) {

  private static final String FIRST = "first";

  static Callers of(TrigRun trigrun, Optional<String> given) {
    BearerTokens tokens = BearerTokens.of(trigrun);
    if (given.isPresent()) {
      return new Callers(fixed(tokens, given.get()), Optional.empty());
    }
    if (!tokens.list(TrigRun.DEFAULT_WORKSPACE, 1).items().isEmpty()) {
      return new Callers(tokens, Optional.empty());
    }
    try {
      String text = tokens.create(FIRST, TrigRun.DEFAULT_WORKSPACE, Role.WRITE).text();
      return new Callers(tokens, Optional.of(text));
    } catch (ConflictException e) { // another server on the database has just shown it
      return new Callers(tokens, Optional.empty());
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
