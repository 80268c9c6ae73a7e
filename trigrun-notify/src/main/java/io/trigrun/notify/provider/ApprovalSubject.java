package io.trigrun.notify.provider;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A run that asks somebody to decide (row W6).
 *
 * @param step the id of the step that asks
 * @param title what is asked, in a line
 * @param text what it is about; may be empty
 * @param fields what to decide about, by name, in order; at most 50
 * @param approver who is asked; empty for whoever has the link
 * @param reviewUrl where to decide. Whoever has it may: it belongs in the message and nowhere else
 * @param expiresAt when it is too late
 */
public record ApprovalSubject(
    RunReference run,
    String step,
    String title,
    String text,
    Map<String, String> fields,
    Optional<String> approver,
    Optional<URI> reviewUrl,
    Instant expiresAt)
    implements Subject {

  public ApprovalSubject {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** Shows no URL, and nothing of what is decided about. */
  @Override
  public String toString() {
    return "ApprovalSubject[" + run.executionId() + ", " + step + ", until " + expiresAt + "]";
  }
}
