package io.trigrun.schedulefile;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What applying a schedule file changes, or has changed. {@link #toString} is for people: a line
 * for each thing, marked {@code +} created, {@code ~} changed, {@code =} unchanged or {@code -}
 * removed, and below what is changed a line for each field.
 *
 * @param file its name
 * @param changes what becomes of each thing, in the file's order, what is removed last
 * @param tokens of monitors that were created, by their names: they can't be read again. Empty for
 *     a plan that was not carried out; not in {@link #toString}
 */
public record SchedulePlan(String file, List<Change> changes, Map<String, String> tokens) {

  /** What becomes of a thing. */
  public enum Action {
    CREATED("+"),
    CHANGED("~"),
    UNCHANGED("="),
    REMOVED("-");

    private final String mark;

    Action(String mark) {
      this.mark = mark;
    }
  }

  /**
   * What becomes of one thing.
   *
   * @param kind {@code job} or {@code monitor}, or what an extension brings
   * @param fields what is different, if it is changed
   */
  public record Change(Action action, String kind, String name, List<Field> fields) {
    public Change {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A field that is changed.
   *
   * @param name a path such as {@code schedule.cron}
   * @param before as JSON, or words in place of what may be secret
   * @param after likewise
   */
  public record Field(String name, String before, String after) {}

  public SchedulePlan {
    changes = List.copyOf(changes);
    tokens = Map.copyOf(tokens);
  }

  /** How many things become so. */
  public long count(Action action) {
    return changes.stream().filter(change -> change.action() == action).count();
  }

  /** Whether everything is as the file says. */
  public boolean isUnchanged() {
    return count(Action.UNCHANGED) == changes.size();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file).append(":");
    String comma = " ";
    for (Action action : Action.values()) {
      text.append(comma)
          .append(count(action))
          .append(" ")
          .append(action.name().toLowerCase(Locale.ROOT));
      comma = ", ";
    }
    for (Change change : changes) {
      text.append("\n").append(change.action().mark).append(" ");
      text.append(change.kind()).append(" ").append(change.name());
      change.fields().stream()
          .sorted(Comparator.comparing(Field::name))
          .forEach(
              field ->
                  text.append("\n    ")
                      .append(field.name())
                      .append(": ")
                      .append(field.before())
                      .append(" -> ")
                      .append(field.after()));
    }
    return text.toString();
  }
}
