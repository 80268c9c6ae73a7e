package io.trigrun.notify.provider;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A message in words, for people. Plain text throughout: whoever renders it cuts it to what the
 * medium holds and then escapes it, so that nothing in it links, mentions or marks up. All texts
 * are well-formed Unicode without NUL, and not to be trusted.
 *
 * @param title one line, at most 250 characters: {@code Nightly sync failed}
 * @param tone how it is meant
 * @param text a few lines more, at most 4,096 characters
 * @param facts names and values, in the order of their weight; at most 20
 * @param output what a job or its target has said, of any length up to 4 KB; shown only if the
 *     channel asks for it
 * @param link where to read on; https or http
 */
public record Notice(
    String title,
    Tone tone,
    Optional<String> text,
    List<Fact> facts,
    Optional<String> output,
    Optional<URI> link) {

  /**
   * One line of a summary.
   *
   * @param name of the library or the host: {@code Status}
   * @param value at most 1,000 characters, not to be trusted
   */
  public record Fact(String name, String value) {}

  /** Which colour a message has. */
  public enum Tone {
    /** It went well, or is well again. */
    GOOD,
    /** It failed, or is down. */
    BAD,
    /** Somebody should look. */
    WARNING,
    /** Neither good nor bad. */
    NEUTRAL
  }

  public Notice {
    facts = List.copyOf(facts);
  }

  /** A title and nothing else yet. */
  public static Notice of(String title, Tone tone) {
    return new Notice(title, tone, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
  }

  /** Shows of the link the host only: whoever has the rest may be let in by it. */
  @Override
  public String toString() {
    return "Notice[%s, %s, text=%s, facts=%s, output=%s, link=%s]"
        .formatted(tone, title, text, facts, output, link.map(URI::getHost));
  }

  /** The same with another title. */
  public Notice withTitle(String other) {
    return new Notice(other, tone, text, facts, output, link);
  }

  /** The same with another text. */
  public Notice withText(String other) {
    return new Notice(title, tone, Optional.of(other), facts, output, link);
  }

  /** The same with these facts instead. */
  public Notice withFacts(List<Fact> others) {
    return new Notice(title, tone, text, others, output, link);
  }

  /** The same with this output, or without. */
  public Notice withOutput(Optional<String> other) {
    return new Notice(title, tone, text, facts, other, link);
  }

  /** The same with this link, or without. */
  public Notice withLink(Optional<URI> other) {
    return new Notice(title, tone, text, facts, output, other);
  }
}
