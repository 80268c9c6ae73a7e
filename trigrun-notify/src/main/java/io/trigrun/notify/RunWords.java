package io.trigrun.notify;

import io.trigrun.Job;
import io.trigrun.http.BodyPreview;
import io.trigrun.notify.internal.Beginning;
import io.trigrun.notify.internal.OneLine;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.RunReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What runs say, as any store and receiver can hold it. */
final class RunWords {

  private static final int TITLE_CHARACTERS = 250;
  private static final int TEXT_CHARACTERS = 4_096;
  private static final int WHOLE_TEXT_BYTES = 16_384;
  private static final int NAME_BYTES = 800;
  private static final int FIELD_NAME_BYTES = 100;
  private static final int FIELD_BYTES = 4_096;
  private static final int FACT_BYTES = 1_000;
  private static final int MOST_FIELDS = 50;

  private RunWords() {}

  static RunReference run(Optional<Job> job, UUID executionId) {
    return new RunReference(
        executionId, job.map(Job::id), job.map(known -> BodyPreview.cut(known.name(), NAME_BYTES)));
  }

  /** One line of at most 250 characters, this before it. */
  static String title(String before, String text) {
    String line = before + OneLine.of(BodyPreview.cut(text, WHOLE_TEXT_BYTES));
    return Beginning.marked(line, TITLE_CHARACTERS);
  }

  /** For programs. */
  static String whole(String text) {
    return BodyPreview.cut(text, WHOLE_TEXT_BYTES);
  }

  /** For people: at most 4,096 characters; empty if there is nothing to read. */
  static Optional<String> text(String whole) {
    return Optional.of(Beginning.marked(whole, TEXT_CHARACTERS)).filter(text -> !text.isBlank());
  }

  /** For programs: at most 50. */
  static Map<String, String> fields(Map<String, String> fields) {
    Map<String, String> kept = new LinkedHashMap<>();
    fields.entrySet().stream()
        .limit(MOST_FIELDS)
        .forEach(
            field ->
                kept.put(
                    BodyPreview.cut(OneLine.of(field.getKey()), FIELD_NAME_BYTES),
                    BodyPreview.cut(field.getValue(), FIELD_BYTES)));
    return kept;
  }

  /** For people: at most so many; the last one says what is missing. */
  static List<Fact> facts(Map<String, String> fields, int most) {
    List<Fact> facts = new ArrayList<>();
    fields.forEach((name, value) -> facts.add(new Fact(name, BodyPreview.cut(value, FACT_BYTES))));
    if (facts.size() <= most) {
      return facts;
    }
    List<Fact> first = new ArrayList<>(facts.subList(0, most - 1));
    first.add(new Fact("More", facts.size() - first.size() + " fields left out"));
    return first;
  }
}
