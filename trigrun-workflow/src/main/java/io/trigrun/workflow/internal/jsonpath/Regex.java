package io.trigrun.workflow.internal.jsonpath;

import java.util.Optional;

/**
 * A regular expression of RFC 9485 (I-Regexp). Follows all ways at once instead of trying one after
 * the other, so the time is bounded by the text's length times the expression's.
 */
final class Regex {

  private final RegexProgram program;

  private Regex(RegexProgram program) {
    this.program = program;
  }

  /**
   * Parses an expression; empty if it is none.
   *
   * @throws QueryLimitException if it is too large
   */
  static Optional<Regex> parse(String text) {
    try {
      return Optional.of(new Regex(RegexProgram.of(new RegexParser(text).parse())));
    } catch (QuerySyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether it matches.
   *
   * @param isWhole whether all of the text must match, else some part
   */
  boolean matches(String text, boolean isWhole, Steps steps) {
    return new RegexRun(program, steps).matches(text, isWhole);
  }
}
