package io.trigrun.workflow.internal.expression;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a reference may begin with. */
public enum Root {
  /** What steps of this run have extracted. */
  CONTEXT,
  /** What has started the run. */
  TRIGGER,
  /** Steps that have run, by id. */
  STEPS,
  /** The run itself. */
  EXECUTION,
  /** The job: its id, its name, and its persistent context, {@code job.context}. */
  JOB,
  /** A secret of the workspace, by name. */
  SECRET,
  /** The element that a for-each is at. */
  ITEM,
  /** How many elements came before it. */
  INDEX,
  /** Steps that wait, by id: where to answer them. */
  WAITS;

  /** All but secrets, which have few places to stand in. */
  public static final Set<Root> DATA = Set.copyOf(EnumSet.complementOf(EnumSet.of(SECRET)));

  /** Secrets, too. */
  public static final Set<Root> ALL = Set.copyOf(EnumSet.allOf(Root.class));

  /** As templates have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Root> named(String word) {
    return Arrays.stream(values()).filter(root -> root.word().equals(word)).findFirst();
  }

  /** The words of these, in order. */
  static String words(Set<Root> roots) {
    return Arrays.stream(values())
        .filter(roots::contains)
        .map(Root::word)
        .collect(Collectors.joining(", "));
  }
}
