package io.trigrun.notify.channel;

import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpMethod;
import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Mail through the HTTP API of Resend. Calls are subject to the egress policy like those of any
 * channel. Immutable; {@link #toString} hides the key.
 */
public final class ResendMail extends EmailService {

  private static final URI API = URI.create("https://api.resend.com");
  private static final Pattern KEY = Pattern.compile("[!-~]{1,500}");

  private final String apiKey;
  private final EmailAddress from;
  private final URI url;

  private ResendMail(String apiKey, EmailAddress from, URI baseUrl) {
    this.apiKey = apiKey;
    this.from = from;
    url = URI.create(baseUrl.toString().replaceAll("/+$", "") + "/emails");
  }

  /**
   * Mail from an address of a domain that Resend has verified.
   *
   * @param apiKey of Resend, {@code re_...}: 1 to 500 characters of ASCII without blanks
   * @param from {@code alerts@example.com} or {@code Alerts <alerts@example.com>}
   * @throws ValidationException naming {@code api_key} or {@code from}; without the key in the
   *     message
   */
  public static ResendMail of(String apiKey, String from) {
    Problems.require(
        KEY.matcher(apiKey).matches(),
        "api_key",
        "1 to 500 characters of ASCII without blanks",
        "a text of " + apiKey.length() + " characters");
    return new ResendMail(apiKey, EmailAddress.parse(from), API);
  }

  /**
   * Where the API is, without the {@code /emails} at the end: a proxy, a server that speaks the
   * same, a test's. Default: {@code https://api.resend.com}.
   *
   * @throws ValidationException naming {@code base_url} unless it is an http or https URL, without
   *     the URL in the message
   */
  public ResendMail baseUrl(String baseUrl) {
    URI parsed;
    try {
      parsed = HttpCall.builder(HttpMethod.POST, new URI(baseUrl)).build().uri();
    } catch (URISyntaxException | ValidationException e) { // of another field, and may quote it
      parsed = URI.create("");
    }
    Problems.require(
        !parsed.toString().isEmpty() && parsed.getRawQuery() == null,
        "base_url",
        "an http or https URL without a query",
        "a text of " + baseUrl.length() + " characters that is none");
    return new ResendMail(apiKey, from, parsed);
  }

  String authorization() {
    return "Bearer " + apiKey;
  }

  /** A text of others without the key. */
  String redact(String text) {
    return text.replace(apiKey, "***");
  }

  EmailAddress from() {
    return from;
  }

  URI url() {
    return url;
  }

  @Override
  ChannelProvider<?> provider() {
    return new ResendProvider(this);
  }

  @Override
  public String toString() {
    return "ResendMail[" + url.getHost() + "]";
  }
}
