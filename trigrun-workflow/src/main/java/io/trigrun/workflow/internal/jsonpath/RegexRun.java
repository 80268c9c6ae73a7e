package io.trigrun.workflow.internal.jsonpath;

import java.util.Arrays;

/** Follows one text through all states that it can be in. */
final class RegexRun {

  private final RegexProgram program;
  private final Steps steps;
  private final int[] reached;
  private int[] now;
  private int[] next;
  private final int[] waiting;
  private int count;
  private int length;

  RegexRun(RegexProgram program, Steps steps) {
    this.program = program;
    this.steps = steps;
    int size = program.end() + 1;
    reached = new int[size];
    Arrays.fill(reached, -1);
    now = new int[size];
    next = new int[size];
    waiting = new int[2 * size];
    steps.take(size);
  }

  boolean matches(String text, boolean isWhole) {
    length = text.length();
    count = 0;
    enter(0, 0);
    int position = 0;
    while (position < text.length() && !(hasEnded(position) && !isWhole)) {
      int c = text.codePointAt(position);
      position += Character.charCount(c);
      int before = count;
      int[] left = now;
      now = next;
      next = left;
      count = 0;
      steps.take(before + 1);
      for (int i = 0; i < before; i++) {
        RegexProgram.State state = program.state(left[i]);
        if (state.characters().test(c)) {
          enter(state.first(), position);
        }
      }
      if (!isWhole) {
        enter(0, position);
      } else if (count == 0 && !hasEnded(position)) {
        return false;
      }
    }
    return hasEnded(position);
  }

  private boolean hasEnded(int position) {
    return reached[program.end()] == position;
  }

  /**
   * Whether it needs no character here. One that is at the wrong edge waits for what never comes.
   */
  private boolean goesOn(RegexProgram.State state, int position) {
    return state.characters() == RegexProgram.NOTHING
        || (state.characters() == RegexProgram.START && position == 0)
        || (state.characters() == RegexProgram.END && position == length);
  }

  /** Goes to a state, and on from it as far as no character is needed. */
  private void enter(int first, int position) {
    int depth = 0;
    waiting[depth++] = first;
    while (depth > 0) {
      int index = waiting[--depth];
      if (reached[index] == position) {
        continue;
      }
      reached[index] = position;
      if (index == program.end()) {
        continue;
      }
      steps.take(1);
      RegexProgram.State state = program.state(index);
      if (!goesOn(state, position)) {
        now[count++] = index;
      } else if (reached[state.first()] != position || reached[state.second()] != position) {
        waiting[depth++] = state.second();
        waiting[depth++] = state.first();
      }
    }
  }
}
