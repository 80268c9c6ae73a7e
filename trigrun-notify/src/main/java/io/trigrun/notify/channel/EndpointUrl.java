package io.trigrun.notify.channel;

import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpMethod;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** The URL of a webhook, by the same rules as the URL of a job. */
final class EndpointUrl {

  private static final String FIELD = Settings.field(WebhookChannel.URL);

  private EndpointUrl() {}

  static URI parse(String text) {
    try {
      return HttpCall.builder(HttpMethod.POST, new URI(text)).build().uri();
    } catch (URISyntaxException e) { // its message quotes the URL, which may hold a token
      throw new ValidationException(
          List.of(
              new Problem(
                  FIELD,
                  "an absolute http or https URL (percent-encode spaces and the like)",
                  "a text of " + text.length() + " characters that is none")));
    } catch (ValidationException e) {
      throw new ValidationException(
          e.problems().stream().map(p -> new Problem(FIELD, p.expected(), p.got())).toList());
    }
  }
}
