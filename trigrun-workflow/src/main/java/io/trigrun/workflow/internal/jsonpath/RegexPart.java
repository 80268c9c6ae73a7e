package io.trigrun.workflow.internal.jsonpath;

import java.util.List;
import java.util.function.IntPredicate;

/** A part of a regular expression. */
sealed interface RegexPart {

  /** One character of these. */
  record OneOf(IntPredicate characters) implements RegexPart {}

  /**
   * The beginning or the end of the text. RFC 9485 has none, but {@code match} and {@code search}
   * are expected to know {@code ^} and {@code $}, as the working group's tests say.
   */
  record Edge(boolean isStart) implements RegexPart {}

  record Sequence(List<RegexPart> parts) implements RegexPart {}

  record Choice(List<RegexPart> branches) implements RegexPart {}

  /**
   * A part, several times.
   *
   * @param most {@link #UNBOUNDED} for any number
   */
  record Repeat(RegexPart part, int least, int most) implements RegexPart {
    static final int UNBOUNDED = -1;
  }
}
