package io.trigrun.examples.cli;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the API is and who asks, from the environment.
 *
 * @param api without {@code /v1} and without a slash at its end
 * @param timeout for one exchange, from connecting to the last byte
 */
record Settings(URI api, Optional<String> token, Duration timeout) {

  private static final String DEFAULT_API = "http://127.0.0.1:8080";
  private static final String DEFAULT_TIMEOUT = "60s";
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(0*:)*0*1]");

  static Settings of(Map<String, String> environment) {
    return new Settings(
        api(first(environment, "TRIGRUN_API_URL", "CRON_API_URL").orElse(DEFAULT_API)),
        first(environment, "TRIGRUN_TOKEN", "CRON_TOKEN").map(Settings::token),
        timeout(first(environment, "TRIGRUN_TIMEOUT").orElse(DEFAULT_TIMEOUT)));
  }

  private static Optional<String> first(Map<String, String> environment, String... names) {
    for (String name : names) {
      String value = environment.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private static URI api(String text) {
    String base = text.replaceFirst("/+$", "").replaceFirst("/v1$", "");
    Failure wrong =
        Failure.usage(
            "TRIGRUN_API_URL: expected http:// or https://, a host and no user name, query or"
                + " fragment");
    try {
      URI uri = URI.create(base);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean plain =
          uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      if (plain && (scheme.equals("http") || scheme.equals("https"))) {
        return uri;
      }
    } catch (IllegalArgumentException e) { // its message has the text, and that maybe a password
      throw wrong;
    }
    throw wrong;
  }

  private static String token(String text) {
    if (!TOKEN.matcher(text).matches()) {
      throw Failure.usage("TRIGRUN_TOKEN: expected printable ASCII without blanks");
    }
    return text;
  }

  private static Duration timeout(String text) {
    try {
      return Span.of(text);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("TRIGRUN_TIMEOUT: " + e.getMessage());
    }
  }

  /** Whether the token can be read on the way. */
  boolean showsToken() {
    return token.isPresent()
        && "http".equalsIgnoreCase(api.getScheme())
        && !LOOPBACK.matcher(api.getHost().toLowerCase(Locale.ROOT)).matches();
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Settings[" + api + ", " + timeout + "]";
  }
}
