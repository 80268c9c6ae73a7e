package io.trigrun.secret;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes secrets out of what others say, before it is kept or shown. Immutable.
 *
 * <p>A secret is found as it is, with any of its characters written as in a URL ({@code %2B}), in
 * JSON ({@code \/}, <code>&#92;u002b</code>) or in HTML (<code>&amp;#43;</code>), in Base64 of
 * either alphabet, also in the middle of a longer text that was encoded, and decoded if it is
 * Base64 itself, as the credentials of HTTP Basic are. Other transformations (hashes, reversed
 * text) are not recognised: a target that wants to give a secret away can.
 *
 * <p>Takes time in proportion to the text, times the number of secrets. A text that is made of
 * beginnings of secrets would take more: of such a one the rest is taken out unread.
 */
public final class Redaction {

  /** The shortest secret: anything less would cut ordinary words to pieces. */
  public static final int SHORTEST = 4;

  private static final String MASK = "***";
  private static final Redaction NONE = new Redaction(List.of());

  private final List<Needle> needles;
  private final BitSet starts = new BitSet();

  private Redaction(List<Needle> needles) {
    this.needles = needles;
    needles.forEach(needle -> needle.addStarts(starts));
  }

  /** Leaves every text as it is. */
  public static Redaction none() {
    return NONE;
  }

  /** Takes these values out; those below {@link #SHORTEST} are left in. */
  public static Redaction of(Collection<String> secrets) {
    Set<String> forms = new LinkedHashSet<>();
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST) {
        forms.add(secret);
        forms.addAll(Base64Forms.of(secret));
      }
    }
    if (forms.isEmpty()) {
      return NONE;
    }
    List<Needle> needles = new ArrayList<>(forms.size());
    forms.forEach(form -> needles.add(new Needle(form)));
    return new Redaction(List.copyOf(needles));
  }

  /** Takes out what this does and what the other does. */
  public Redaction plus(Redaction other) {
    if (isNone()) {
      return other;
    }
    List<Needle> both = new ArrayList<>(needles);
    both.addAll(other.needles);
    return other.isNone() ? this : new Redaction(List.copyOf(both));
  }

  /** Whether it leaves every text as it is. */
  public boolean isNone() {
    return needles.isEmpty();
  }

  /** The text with {@code ***} in place of each secret. */
  public String apply(String text) {
    return apply(text, false);
  }

  /**
   * As {@link #apply}, for the beginning of a longer text: the beginning of a secret at its end is
   * taken out, too.
   */
  public String applyToBeginning(String text) {
    return apply(text, true);
  }

  private String apply(String text, boolean isCut) {
    StringBuilder clean = new StringBuilder();
    Effort effort = new Effort(text.length(), needles.size());
    int kept = 0; // up to here the text is in `clean`, or masked
    for (int at = nextStart(text, 0); at >= 0; at = nextStart(text, at + 1)) {
      int end = longest(text, at, isCut, effort);
      if (end > kept) {
        // Secrets may overlap: what sticks out of one that is masked already needs no second mask.
        if (at > kept || kept == 0) {
          clean.append(text, kept, at).append(MASK);
        }
        kept = end;
      }
    }
    return kept == 0 ? text : clean.append(text, kept, text.length()).toString();
  }

  private int nextStart(String text, int from) {
    for (int at = from; at < text.length() && !needles.isEmpty(); at++) {
      if (starts.get(text.charAt(at))) {
        return at;
      }
    }
    return -1;
  }

  private int longest(String text, int at, boolean isCut, Effort effort) {
    int longest = -1;
    for (Needle needle : needles) {
      longest = Math.max(longest, needle.end(text, at, isCut, effort));
    }
    return effort.isSpent() ? text.length() : longest;
  }

  /** Shows nothing: it is made of secrets. */
  @Override
  public String toString() {
    return isNone() ? "Redaction[none]" : "Redaction[***]";
  }
}
