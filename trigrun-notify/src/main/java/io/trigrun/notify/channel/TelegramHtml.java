package io.trigrun.notify.channel;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Text in Telegram's HTML mode, which knows a few tags and counts what is left when they are gone.
 *
 * <p>Escaping alone would leave {@code @names}, links, {@code #tags}, {@code $TAGS} and {@code
 * /commands} alive, which Telegram finds by itself in all text but code. An invisible word joiner
 * takes them apart; in code nothing is looked for, so what stands there stays as it was.
 */
final class TelegramHtml {

  private static final char WORD_JOINER = '\u2060';
  private static final Pattern STARTS_SOMETHING = Pattern.compile("[@#$/.](?=\\S)");

  private final StringBuilder html = new StringBuilder();
  private int visible;

  TelegramHtml plain(String text) {
    return append(inert(text));
  }

  TelegramHtml bold(String text) {
    return tagged("b", inert(text));
  }

  TelegramHtml italic(String text) {
    return tagged("i", inert(text));
  }

  TelegramHtml code(String text) {
    return tagged("code", text);
  }

  TelegramHtml pre(String text) {
    return tagged("pre", text);
  }

  TelegramHtml link(String label, URI target) {
    html.append("<a href=\"")
        .append(escaped(target.toASCIIString()).replace("\"", "&quot;"))
        .append("\">");
    append(inert(label));
    html.append("</a>");
    return this;
  }

  /** What Telegram's limit counts: UTF-16 units without tags, entities resolved. */
  int visible() {
    return visible;
  }

  @Override
  public String toString() {
    return html.toString();
  }

  private TelegramHtml tagged(String tag, String text) {
    html.append('<').append(tag).append('>');
    append(text);
    html.append("</").append(tag).append('>');
    return this;
  }

  private TelegramHtml append(String text) {
    html.append(escaped(text));
    visible += text.length();
    return this;
  }

  private static String inert(String text) {
    return STARTS_SOMETHING.matcher(text).replaceAll(found -> joined(found.group()));
  }

  private static String joined(String sign) {
    return (sign.equals("$") ? "\\$" : sign) + WORD_JOINER;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
