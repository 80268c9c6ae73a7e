package io.trigrun.secret;

import java.util.BitSet;

/** A text to be found with any of its characters escaped. */
final class Needle {

  /** The longest escape is a surrogate pair in JSON. */
  private static final int LONGEST_ESCAPE = 12;

  private final String text;
  private final int[] points;

  Needle(String text) {
    this.text = text;
    this.points = text.codePoints().toArray();
  }

  /** Adds every character that an occurrence may begin with. */
  void addStarts(BitSet starts) {
    starts.set(text.charAt(0));
    EscapedCharacter.LEADS.chars().forEach(starts::set);
  }

  /**
   * Where the longest occurrence that begins at a place ends, or -1 if none does.
   *
   * @param isCut whether one that reaches the end of the haystack need not be complete
   * @param effort what may be spent; once it is spent the answer says nothing
   */
  int end(String haystack, int at, boolean isCut, Effort effort) {
    char first = haystack.charAt(at);
    if (first != text.charAt(0) && !isLead(first)) {
      return -1;
    }
    // What looks like an escape may stand for itself, so several readings are followed at once:
    // the places that the characters so far may have brought us to.
    BitSet places = new BitSet();
    places.set(0);
    for (int i = 0; i < points.length; i++) {
      boolean isEnough = isCut && i >= Redaction.SHORTEST;
      BitSet next = new BitSet();
      for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
        if (!effort.step()) {
          return -1;
        }
        if (isEnough && endsWithin(haystack, at + place)) {
          return haystack.length();
        }
        EscapedCharacter.ends(haystack, at + place, points[i], end -> next.set(end - at));
      }
      if (next.isEmpty()) {
        return -1;
      }
      places = next;
    }
    return at + places.length() - 1;
  }

  /** Whether the haystack ends here, or within an escape that begins here. */
  private static boolean endsWithin(String haystack, int place) {
    return place == haystack.length()
        || (haystack.length() - place < LONGEST_ESCAPE && isLead(haystack.charAt(place)));
  }

  private static boolean isLead(char character) {
    return EscapedCharacter.LEADS.indexOf(character) >= 0;
  }

  @Override
  public String toString() {
    return "***";
  }
}
