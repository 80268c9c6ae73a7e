package io.trigrun.notify.channel;

import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpMethod;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** A URL that is a credential itself: what is wrong with it is told without any part of it. */
final class SecretUrl {

  private SecretUrl() {}

  /**
   * Reads a required setting.
   *
   * @throws ValidationException naming the setting
   */
  static URI parse(Settings settings, String name) {
    String text = settings.text(name).orElse("");
    try {
      return HttpCall.builder(HttpMethod.POST, new URI(text)).build().uri();
    } catch (URISyntaxException | ValidationException e) { // both may quote it
      throw new ValidationException(
          List.of(
              new Problem(
                  Settings.field(name),
                  "an absolute http or https URL of at most 2,048 characters, without user name and"
                      + " fragment",
                  "a text of " + text.length() + " characters that is none")));
    }
  }
}
