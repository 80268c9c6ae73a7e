package io.trigrun.notify.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run has to say, in its own words (row W11).
 *
 * @param title a line
 * @param text may be empty
 * @param facts what is shown beside it, by name, in order; at most 50
 */
public record NoteSubject(RunReference run, String title, String text, Map<String, String> facts)
    implements Subject {

  public NoteSubject {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }
}
