package io.trigrun.notify.channel;

import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpMethod;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What else a webhook sends along.
 *
 * @param event the name of the header that says which event it is
 * @param fixed a header that is always the same, to log in at the receiver for example
 */
record WebhookHeaders(Optional<String> event, Optional<Fixed> fixed) {

  /** Its value may be a secret. */
  record Fixed(String name, String value) {
    @Override
    public String toString() {
      return name + ": ***";
    }
  }

  private static final URI ANYWHERE = URI.create("https://example.com/");

  /** What deliveries, traces and signatures set. */
  private static final Set<String> TAKEN =
      Set.of(
          "baggage",
          "content-encoding",
          "content-type",
          "traceparent",
          "tracestate",
          "user-agent",
          "webhook-id",
          "webhook-signature",
          "webhook-timestamp",
          "x-trigrun-attempt",
          "x-trigrun-delivery-id",
          "x-webhook-signature");

  /**
   * Reads the settings.
   *
   * @throws ValidationException naming the setting, without the value of a header
   */
  static WebhookHeaders of(Settings settings) {
    Optional<String> event = settings.text(WebhookChannel.EVENT_HEADER);
    Optional<String> name = settings.text(WebhookChannel.HEADER_NAME);
    Optional<String> value = settings.text(WebhookChannel.HEADER_VALUE);
    Problems.require(
        name.isPresent() == value.isPresent(),
        Settings.field(name.isPresent() ? WebhookChannel.HEADER_VALUE : WebhookChannel.HEADER_NAME),
        "header_name and header_value together",
        "one without the other");
    List<String> seen = new ArrayList<>();
    for (String setting :
        List.of(
            WebhookChannel.SIGNATURE_HEADER,
            WebhookChannel.EVENT_HEADER,
            WebhookChannel.HEADER_NAME)) {
      settings.text(setting).ifPresent(header -> checkName(setting, header, seen));
    }
    value.ifPresent(text -> check(WebhookChannel.HEADER_VALUE, "X-Checked", text));
    return new WebhookHeaders(
        event, name.flatMap(header -> value.map(text -> new Fixed(header, text))));
  }

  private static void checkName(String setting, String header, List<String> seen) {
    check(setting, header, "");
    String lower = header.toLowerCase(Locale.ROOT);
    boolean isItsOwn =
        setting.equals(WebhookChannel.SIGNATURE_HEADER) && lower.equals("x-webhook-signature");
    Problems.require(
        (isItsOwn || !TAKEN.contains(lower)) && !seen.contains(lower),
        Settings.field(setting),
        "a header that is not set otherwise",
        header);
    seen.add(lower);
  }

  /** By the rules for headers of jobs. */
  private static void check(String setting, String header, String value) {
    try {
      var unused = HttpCall.builder(HttpMethod.POST, ANYWHERE).header(header, value);
    } catch (ValidationException e) {
      throw new ValidationException(
          e.problems().stream()
              .map(p -> new Problem(Settings.field(setting), p.expected(), p.got()))
              .toList());
    }
  }

  Map<String, String> of(DeliveryStamp stamp) {
    Map<String, String> headers = new LinkedHashMap<>();
    event.ifPresent(name -> headers.put(name, stamp.event()));
    fixed.ifPresent(header -> headers.put(header.name(), header.value()));
    return headers;
  }
}
