package io.trigrun.notify.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Telegram's HTML mode by its rules, as strictly as they can be read: known tags only, closed
 * in order, nothing inside code, every {@code &} an entity that Telegram knows.
 */
final class TelegramHtmlParser {

  record Entity(String type, int offset, String text, String href) {}

  record Parsed(String text, List<Entity> entities) {

    List<String> texts(String type) {
      return entities.stream().filter(e -> e.type().equals(type)).map(Entity::text).toList();
    }

    /** What Telegram looks at for names, tags, commands and links: all but code and links. */
    String lookedAt() {
      StringBuilder rest = new StringBuilder(text);
      for (Entity entity : entities) {
        if (Set.of("pre", "code", "a").contains(entity.type())) {
          for (int i = 0; i < entity.text().length(); i++) {
            rest.setCharAt(entity.offset() + i, ' ');
          }
        }
      }
      return rest.toString();
    }

    /** What Telegram would make something of without being told. */
    List<String> found() {
      return DETECTED.matcher(lookedAt()).results().map(r -> r.group()).toList();
    }
  }

  private record Open(String tag, int offset, String href) {}

  private static final Pattern DETECTED =
      Pattern.compile(
          "@\\w|#[\\p{L}\\p{N}_]|\\$[A-Z]|/\\w|://|\\S\\.[\\p{L}\\p{N}_-]",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Set<String> PLAIN_TAGS =
      Set.of(
          "b",
          "strong",
          "i",
          "em",
          "u",
          "ins",
          "s",
          "strike",
          "del",
          "tg-spoiler",
          "code",
          "pre",
          "blockquote");
  private static final Pattern TAG = Pattern.compile("<(/?)([a-z-]+)( [^<>]*)?>");
  private static final Pattern HREF = Pattern.compile(" href=\"([^\"<>]*)\"");
  private static final Pattern NAMED = Pattern.compile("&(lt|gt|amp|quot);|&#(\\d{1,7});");
  private static final Map<String, String> NAMES =
      Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"");

  private TelegramHtmlParser() {}

  /**
   * The text and what is marked in it.
   *
   * @throws IllegalArgumentException where Telegram would answer "can't parse entities"
   */
  static Parsed parse(String html) {
    StringBuilder text = new StringBuilder();
    List<Entity> entities = new ArrayList<>();
    Deque<Open> open = new ArrayDeque<>();
    int place = 0;
    while (place < html.length()) {
      char c = html.charAt(place);
      if (c == '<') {
        Matcher tag = TAG.matcher(html).region(place, html.length());
        require(tag.lookingAt(), "a tag", html, place);
        if (tag.group(1).isEmpty()) {
          require(
              open.stream().noneMatch(o -> Set.of("pre", "code").contains(o.tag())),
              "nothing inside code",
              html,
              place);
          open.push(new Open(tag.group(2), text.length(), attribute(tag, html, place)));
        } else {
          require(
              !open.isEmpty() && open.peek().tag().equals(tag.group(2)), "its end", html, place);
          Open start = open.pop();
          entities.add(
              new Entity(
                  start.tag(), start.offset(), text.substring(start.offset()), start.href()));
        }
        place = tag.end();
      } else if (c == '&') {
        Matcher named = NAMED.matcher(html).region(place, html.length());
        require(named.lookingAt(), "a known entity", html, place);
        text.append(resolved(named));
        place = named.end();
      } else {
        require(c != '>', "&gt;", html, place);
        text.append(c);
        place++;
      }
    }
    require(open.isEmpty(), "all tags closed", html, place);
    return new Parsed(text.toString(), List.copyOf(entities));
  }

  private static String attribute(Matcher tag, String html, int place) {
    String attributes = Optional.ofNullable(tag.group(3)).orElse("");
    if (tag.group(2).equals("a")) {
      Matcher href = HREF.matcher(attributes);
      require(href.matches(), "one href", html, place);
      return NAMED
          .matcher(href.group(1))
          .replaceAll(r -> Matcher.quoteReplacement(named(r.group())));
    }
    require(PLAIN_TAGS.contains(tag.group(2)) && attributes.isEmpty(), "a known tag", html, place);
    return "";
  }

  private static String named(String entity) {
    Matcher matcher = NAMED.matcher(entity);
    require(matcher.matches(), "a known entity", entity, 0);
    return resolved(matcher);
  }

  private static String resolved(Matcher named) {
    return named.group(1) == null
        ? Character.toString(Integer.parseInt(named.group(2)))
        : NAMES.getOrDefault(named.group(1), "");
  }

  private static void require(boolean ok, String expected, String html, int place) {
    if (!ok) {
      throw new IllegalArgumentException(
          "can't parse entities: expected " + expected + " at offset " + place + " of " + html);
    }
  }
}
