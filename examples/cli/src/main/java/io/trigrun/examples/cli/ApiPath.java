package io.trigrun.examples.cli;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A path below the API's URL. What stands between two slashes may be any text. */
final class ApiPath {

  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

  private final String text;

  private ApiPath(String text) {
    this.text = text;
  }

  static ApiPath of(String... parts) {
    StringBuilder path = new StringBuilder("/v1");
    for (String part : parts) {
      if (part.isBlank()) {
        throw Failure.usage("expected an id or a name, got an empty text");
      }
      path.append('/').append(part.matches("\\.+") ? part.replace(".", "%2E") : encoded(part));
    }
    return new ApiPath(path.toString());
  }

  ApiPath with(String parameter, String value) {
    char join = text.indexOf('?') < 0 ? '?' : '&';
    return new ApiPath(text + join + parameter + '=' + encoded(value));
  }

  ApiPath with(String parameter, Optional<String> value) {
    return value.map(each -> with(parameter, each)).orElse(this);
  }

  private static String encoded(String part) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : part.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (each & 0xff);
      if (PLAIN.indexOf(character) >= 0) {
        encoded.append(character);
      } else {
        encoded.append(String.format("%%%02X", (int) character));
      }
    }
    return encoded.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
