package io.trigrun.workflow.internal.jsonpath;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A regular expression as states: some take a character and go on to the next state, some go on in
 * two ways without one; the last is the end.
 */
final class RegexProgram {

  /** Enough for all that people write; {@code (a{1000}){1000}} is not. */
  private static final int MOST_STATES = 5_000;

  /**
   * One state. Takes a character if {@code characters} is not {@link #NOTHING}, else goes on to
   * {@code first} and {@code second}.
   */
  record State(IntPredicate characters, int first, int second) {}

  static final IntPredicate NOTHING = c -> false;

  /** Goes on without a character, at the beginning of the text only. */
  static final IntPredicate START = c -> false;

  /** Goes on without a character, at the end of the text only. */
  static final IntPredicate END = c -> false;

  private final List<State> states = new ArrayList<>();
  private int effort;

  private RegexProgram() {}

  static RegexProgram of(RegexPart part) {
    RegexProgram program = new RegexProgram();
    program.add(part);
    return program;
  }

  State state(int index) {
    return states.get(index);
  }

  /** How many states there are before the end; also the end's index. */
  int end() {
    return states.size();
  }

  private void add(RegexPart part) {
    effort++;
    if (effort > MOST_STATES) {
      throw new QueryLimitException(MOST_STATES + " states for its regular expression");
    }
    if (part instanceof RegexPart.OneOf one) {
      states.add(new State(one.characters(), states.size() + 1, states.size() + 1));
    } else if (part instanceof RegexPart.Edge edge) {
      states.add(new State(edge.isStart() ? START : END, states.size() + 1, states.size() + 1));
    } else if (part instanceof RegexPart.Sequence sequence) {
      sequence.parts().forEach(this::add);
    } else if (part instanceof RegexPart.Choice choice) {
      add(choice.branches());
    } else if (part instanceof RegexPart.Repeat repeat) {
      add(repeat);
    }
  }

  private void add(List<RegexPart> branches) {
    List<Integer> exits = new ArrayList<>();
    for (RegexPart branch : branches.subList(0, branches.size() - 1)) {
      int fork = reserve();
      add(branch);
      exits.add(reserve());
      states.set(fork, new State(NOTHING, fork + 1, states.size()));
    }
    add(branches.get(branches.size() - 1));
    exits.forEach(exit -> states.set(exit, new State(NOTHING, states.size(), states.size())));
  }

  private void add(RegexPart.Repeat repeat) {
    for (int i = 0; i < repeat.least(); i++) {
      add(repeat.part());
    }
    if (repeat.most() == RegexPart.Repeat.UNBOUNDED) {
      int fork = reserve();
      add(repeat.part());
      int back = reserve();
      states.set(back, new State(NOTHING, fork, fork));
      states.set(fork, new State(NOTHING, fork + 1, states.size()));
      return;
    }
    List<Integer> forks = new ArrayList<>();
    for (int i = repeat.least(); i < repeat.most(); i++) {
      forks.add(reserve());
      add(repeat.part());
    }
    forks.forEach(fork -> states.set(fork, new State(NOTHING, fork + 1, states.size())));
  }

  private int reserve() {
    states.add(new State(NOTHING, 0, 0));
    return states.size() - 1;
  }
}
