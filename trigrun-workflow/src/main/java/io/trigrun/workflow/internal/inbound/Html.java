package io.trigrun.workflow.internal.inbound;

/** Builds a page: markup comes from this package's constants, everything else is text. */
final class Html {

  private final StringBuilder out = new StringBuilder(8_192);

  /** Markup as it is; never anything that came from elsewhere. */
  Html markup(String constant) {
    out.append(constant).append('\n');
    return this;
  }

  /** Text of strangers, or anybody's: cleaned, cut and escaped. */
  Html text(String text, int longest) {
    escape(PageText.of(text, longest));
    return this;
  }

  /** An element with nothing but such text. */
  Html element(String tag, String cssClass, String text, int longest) {
    out.append('<').append(tag).append(" class=\"").append(cssClass).append("\">");
    escape(PageText.of(text, longest));
    out.append("</").append(tag).append(">\n");
    return this;
  }

  /** A sentence of ours, with what it quotes. */
  Html sentence(String tag, String cssClass, String text) {
    return element(tag, cssClass, text, PageText.LONGEST_SENTENCE);
  }

  /** An attribute's value, quotes included. */
  Html attribute(String name, String value, int longest) {
    out.append(' ').append(name).append("=\"");
    escape(PageText.of(value, longest));
    out.append('"');
    return this;
  }

  /** Markup without a line break after it. */
  Html inline(String constant) {
    out.append(constant);
    return this;
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
