package io.trigrun.crontab;

import io.trigrun.BackoffPolicy;
import io.trigrun.RetryPolicy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of a {@code curl} that an HTTP job has an equal of. */
final class CurlOptions {

  record Header(String name, String value) {}

  private static final Map<Character, String> SHORT =
      Map.ofEntries(
          Map.entry('A', "user-agent"),
          Map.entry('H', "header"),
          Map.entry('L', "location"),
          Map.entry('S', "show-error"),
          Map.entry('X', "request"),
          Map.entry('d', "data"),
          Map.entry('e', "referer"),
          Map.entry('f', "fail"),
          Map.entry('i', "include"),
          Map.entry('m', "max-time"),
          Map.entry('o', "output"),
          Map.entry('s', "silent"),
          Map.entry('v', "verbose"));

  /** They change what is printed, or what is so anyway. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "fail",
          "fail-with-body",
          "include",
          "no-progress-meter",
          "progress-bar",
          "retry-connrefused",
          "show-error",
          "silent",
          "verbose");

  private static final Set<String> WITH_VALUE =
      Set.of(
          "data",
          "data-ascii",
          "data-binary",
          "data-raw",
          "header",
          "json",
          "max-time",
          "output",
          "referer",
          "request",
          "retry",
          "retry-delay",
          "url",
          "user-agent");

  /** What curl calls transient. */
  private static final int[] RETRIED = {408, 429, 500, 502, 503, 504};

  /** Curl has no limit of its own; this is the longest of an HTTP job. */
  private static final int LONGEST_SECONDS = 300;

  private static final int MOST_RETRIES = 99;

  private final List<Header> headers = new ArrayList<>();
  private final List<String> data = new ArrayList<>();
  private final List<String> json = new ArrayList<>();
  private final List<String> urls = new ArrayList<>();
  private Optional<String> method = Optional.empty();
  private boolean follow;
  private int seconds = LONGEST_SECONDS;
  private int retries;
  private int retryDelay;

  /** Returns false if there is one that it does not know. */
  boolean readAll(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("-")) {
        urls.add(word);
        continue;
      }
      int used = word.startsWith("--") ? readLong(words, i) : readShort(words, i);
      if (used < 0) {
        return false;
      }
      i += used;
    }
    return urls.size() == 1 && (data.isEmpty() || json.isEmpty());
  }

  /** Returns how many words it has used beyond its own; negative if it is not understood. */
  private int readLong(List<String> words, int i) {
    String name = words.get(i).substring(2);
    if (!WITH_VALUE.contains(name)) {
      return flag(name) ? 0 : -1;
    }
    return i + 1 < words.size() && value(name, words.get(i + 1)) ? 1 : -1;
  }

  /** Several in one word, of which the last may have its value there or in the next. */
  private int readShort(List<String> words, int i) {
    String word = words.get(i);
    for (int at = 1; at < word.length(); at++) {
      String name = SHORT.getOrDefault(word.charAt(at), "");
      if (WITH_VALUE.contains(name)) {
        String rest = word.substring(at + 1);
        if (!rest.isEmpty()) {
          return value(name, rest) ? 0 : -1;
        }
        return i + 1 < words.size() && value(name, words.get(i + 1)) ? 1 : -1;
      }
      if (!flag(name)) {
        return -1;
      }
    }
    return word.length() > 1 ? 0 : -1;
  }

  private boolean flag(String name) {
    follow |= name.equals("location");
    return name.equals("location") || WITHOUT_EFFECT.contains(name);
  }

  private boolean value(String name, String value) {
    return switch (name) {
      case "data-raw" -> data.add(value);
      case "data", "data-ascii", "data-binary" -> !value.startsWith("@") && data.add(value);
      case "json" -> !value.startsWith("@") && json.add(value);
      case "header" -> header(value);
      case "user-agent" -> !value.isEmpty() && headers.add(new Header("User-Agent", value));
      case "referer" ->
          !value.isEmpty() && !value.endsWith(";auto") && headers.add(new Header("Referer", value));
      case "url" -> urls.add(value);
      case "output" -> value.equals("/dev/null");
      case "request" -> request(value);
      case "max-time" -> maxTime(value);
      case "retry" -> {
        retries = number(value, MOST_RETRIES);
        yield retries >= 0;
      }
      case "retry-delay" -> {
        retryDelay = number(value, (int) Duration.ofDays(1).toSeconds());
        yield retryDelay >= 0;
      }
      default -> false;
    };
  }

  private boolean request(String value) {
    method = Optional.of(value);
    return true;
  }

  /** Without a value it would take a header away, with an @ it would read a file. */
  private boolean header(String text) {
    int colon = text.indexOf(':');
    String value = colon < 0 ? "" : text.substring(colon + 1).strip();
    return colon > 0
        && !value.isEmpty()
        && !text.startsWith("@")
        && headers.add(new Header(text.substring(0, colon), value));
  }

  private boolean maxTime(String value) {
    if (!value.matches("[0-9]{1,6}(\\.[0-9]{1,9})?")) {
      return false;
    }
    seconds = new BigDecimal(value).setScale(0, RoundingMode.UP).intValueExact();
    return seconds >= 1 && seconds <= LONGEST_SECONDS;
  }

  /** Negative if it is none, or too large. */
  private static int number(String text, int most) {
    int number = text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : -1;
    return number <= most ? number : -1;
  }

  String url() {
    return urls.get(0);
  }

  boolean hasExplicitMethod() {
    return method.isPresent();
  }

  String method() {
    return method.orElse(data.isEmpty() && json.isEmpty() ? "GET" : "POST");
  }

  boolean follows() {
    return follow;
  }

  Duration timeout() {
    return Duration.ofSeconds(seconds);
  }

  /** Those given, and those that curl adds to a body. */
  List<Header> headers() {
    List<Header> all = new ArrayList<>(headers);
    if (!json.isEmpty()) {
      addUnlessGiven(all, "Content-Type", "application/json");
      addUnlessGiven(all, "Accept", "application/json");
    } else if (!data.isEmpty()) {
      addUnlessGiven(all, "Content-Type", "application/x-www-form-urlencoded");
    }
    return all;
  }

  private static void addUnlessGiven(List<Header> all, String name, String value) {
    if (all.stream().noneMatch(header -> header.name().equalsIgnoreCase(name))) {
      all.add(new Header(name, value));
    }
  }

  Optional<String> body() {
    return json.isEmpty()
        ? Optional.of(String.join("&", data)).filter(text -> !data.isEmpty())
        : Optional.of(String.join("", json));
  }

  /** What curl sends as it is would be replaced or refused in a job. */
  boolean hasPlaceholders() {
    return url().contains("{{")
        || body().orElse("").contains("{{")
        || headers.stream().anyMatch(header -> header.value().contains("{{"));
  }

  /** Curl waits a second and doubles that, up to ten minutes. */
  RetryPolicy retry() {
    if (retries == 0) {
      return RetryPolicy.none();
    }
    BackoffPolicy backoff =
        retryDelay > 0
            ? BackoffPolicy.fixed(Duration.ofSeconds(retryDelay))
            : new BackoffPolicy(Duration.ofSeconds(1), 2, Duration.ofMinutes(10), 0);
    return RetryPolicy.attempts(retries + 1).withRetryOnStatuses(RETRIED).withBackoff(backoff);
  }
}
