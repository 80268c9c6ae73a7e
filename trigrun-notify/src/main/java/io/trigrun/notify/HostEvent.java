package io.trigrun.notify;

import io.trigrun.Json;
import io.trigrun.Labels;
import io.trigrun.http.BodyPreview;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.internal.Timestamps;
import io.trigrun.notify.provider.HostSubject;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event of the host's own (row N12): what webhooks get as JSON, and what people read.
 *
 * <pre>{@code
 * HostEvent.of("run_failed", "Checkout flow failed")
 *     .alsoKnownAs("run_completed")
 *     .tone(Tone.BAD)
 *     .fact("Browser", "chromium")
 *     .payload(new Json("{\"run\":{\"status\":\"failed\"}}"))
 *     .labels("qa")
 *     .key("run-4711");
 * }</pre>
 *
 * Immutable; each setter refuses nonsense at once.
 */
public final class HostEvent {

  private static final int LONGEST_TITLE = 250;
  private static final int LONGEST_TEXT = 4_096;
  private static final int MOST_FACTS = 20;
  private static final int LONGEST_FACT_NAME = 100;
  private static final int LONGEST_FACT = 1_000;
  private static final int LONGEST_PAYLOAD = 65_536;
  private static final int LONGEST_KEY = 200;
  private static final int LONGEST_LINK = 2_048;
  private static final int MOST_TYPES = 10;

  private final List<NotificationEvent> types;
  private final Notice notice;
  private final ObjectNode payload;
  private final Labels labels;
  private final Optional<String> key;

  private HostEvent(
      List<NotificationEvent> types,
      Notice notice,
      ObjectNode payload,
      Labels labels,
      Optional<String> key) {
    this.types = List.copyOf(types);
    this.notice = notice;
    this.payload = payload;
    this.labels = labels;
    this.key = key;
  }

  /**
   * An event.
   *
   * @param type as for {@link NotificationEvent#own}, declared with {@link
   *     Notifications.Builder#event}
   * @param title one line for people, 1 to 250 characters
   * @throws io.trigrun.validation.ValidationException naming {@code event} or {@code title}
   */
  public static HostEvent of(String type, String title) {
    Problems.require(
        !title.isBlank()
            && title.length() <= LONGEST_TITLE
            && title.chars().noneMatch(Character::isISOControl),
        "title",
        "1 to " + LONGEST_TITLE + " characters without control characters",
        title);
    return new HostEvent(
        List.of(NotificationEvent.own(type)),
        Notice.of(whole(title), Tone.NEUTRAL),
        JsonText.object(),
        Labels.none(),
        Optional.empty());
  }

  /**
   * Another, less specific type that it is as well: a channel with rules for both gets one message,
   * as the first of them. At most 10 types.
   */
  public HostEvent alsoKnownAs(String type) {
    Problems.require(types.size() < MOST_TYPES, "event", "at most 10 types", "another");
    List<NotificationEvent> more = new ArrayList<>(types);
    more.add(NotificationEvent.own(type));
    return new HostEvent(more, notice, payload, labels, key);
  }

  /** How it is meant, which decides on its colour. Default: neutral. */
  public HostEvent tone(Tone tone) {
    Notice toned =
        new Notice(
            notice.title(), tone, notice.text(), notice.facts(), notice.output(), notice.link());
    return new HostEvent(types, toned, payload, labels, key);
  }

  /** A few lines more, 1 to 4,096 characters. Default: none. */
  public HostEvent text(String text) {
    requireText("text", text, LONGEST_TEXT);
    return new HostEvent(types, notice.withText(whole(text)), payload, labels, key);
  }

  /** A name of 1 to 100 and a value of 1 to 1,000 characters; at most 20 of them. */
  public HostEvent fact(String name, String value) {
    requireText("fact.name", name, LONGEST_FACT_NAME);
    requireText("fact.value", value, LONGEST_FACT);
    Problems.require(
        notice.facts().size() < MOST_FACTS, "fact", "at most " + MOST_FACTS + " facts", "another");
    List<Fact> more = new ArrayList<>(notice.facts());
    more.add(new Fact(whole(name), whole(value)));
    return new HostEvent(types, notice.withFacts(more), payload, labels, key);
  }

  /** Where to read on: an absolute http or https URL of at most 2,048 characters. Default: none. */
  public HostEvent link(URI link) {
    String scheme = Optional.ofNullable(link.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    Problems.require(
        (scheme.equals("http") || scheme.equals("https")) && link.getHost() != null,
        "link",
        "an absolute http or https URL",
        link);
    String text = link.toString();
    StorableText.require(text, "link");
    Problems.require(
        text.length() <= LONGEST_LINK,
        "link",
        "at most " + LONGEST_LINK + " characters",
        text.length() + " characters");
    return new HostEvent(types, notice.withLink(Optional.of(link)), payload, labels, key);
  }

  /**
   * The JSON object that webhooks get, key for key; {@code event} and {@code timestamp} are put in
   * front where it lacks them. At most 65,536 characters and 100 levels. Default: nothing but those
   * two.
   *
   * @throws io.trigrun.validation.ValidationException naming {@code payload} if it is no object
   */
  public HostEvent payload(Json json) {
    Problems.require(
        json.text().length() <= LONGEST_PAYLOAD,
        "payload",
        "at most " + LONGEST_PAYLOAD + " characters",
        json.text().length() + " characters");
    Optional<JsonNode> node = Optional.empty();
    try {
      node = Optional.of(JsonText.read(json.text()));
    } catch (JacksonException e) {
      // refused below; its message quotes the text
    }
    Problems.require(
        node.filter(JsonNode::isObject).isPresent(),
        "payload",
        "a JSON object",
        node.map(found -> "another JSON value").orElse("no JSON"));
    Problems.require(
        !JsonText.isDeeperThan(JsonText.DEEPEST, node.orElseThrow()),
        "payload",
        "at most " + JsonText.DEEPEST + " levels",
        "more");
    return new HostEvent(types, notice, (ObjectNode) node.orElseThrow(), labels, key);
  }

  /** What it belongs to, for rules about labels. Default: no label. */
  public HostEvent labels(String... names) {
    return new HostEvent(types, notice, payload, Labels.of(names), key);
  }

  /**
   * Names this very event, 1 to 200 characters, unique within the workspace: publishing it twice
   * sends each message once, as long as the history of the first is kept. Default: none.
   */
  public HostEvent key(String name) {
    Problems.require(
        !name.isBlank()
            && name.length() <= LONGEST_KEY
            && name.chars().noneMatch(Character::isISOControl),
        "key",
        "1 to " + LONGEST_KEY + " characters without control characters",
        name);
    StorableText.require(name, "key");
    return new HostEvent(types, notice, payload, labels, Optional.of(name));
  }

  List<NotificationEvent> types() {
    return types;
  }

  Notice notice() {
    return notice;
  }

  Labels labels() {
    return labels;
  }

  /** The key, as short as the keys of executions have to be; no two keys have the same. */
  Optional<String> uniqueKey() {
    return key.map(ShortKey::of);
  }

  HostSubject subject(NotificationEvent type, Instant now) {
    ObjectNode json = JsonText.object();
    if (!payload.has("event")) {
      json.put("event", type.wireName());
    }
    if (!payload.has("timestamp")) {
      json.put("timestamp", Timestamps.millis(now));
    }
    payload.properties().forEach(entry -> json.set(entry.getKey(), entry.getValue()));
    return new HostSubject(JsonText.write(json));
  }

  private static void requireText(String field, String text, int longest) {
    Problems.require(
        !text.isBlank() && text.length() <= longest,
        field,
        "1 to " + longest + " characters, not only spaces",
        text.length() + " characters");
  }

  /** Without NUL and halves of characters, which not every store and receiver can hold. */
  private static String whole(String text) {
    return BodyPreview.cut(text, 4 * LONGEST_TEXT);
  }

  @Override
  public String toString() {
    return "HostEvent" + types;
  }
}
