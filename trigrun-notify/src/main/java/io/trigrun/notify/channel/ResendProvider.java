package io.trigrun.notify.channel;

import io.trigrun.http.HttpReply;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Sends mail through Resend. The idempotency key is the delivery's id, and Resend remembers it for
 * a day: an attempt whose answer was lost is not sent twice.
 */
final class ResendProvider implements HttpChannelProvider<EmailConfig> {

  private final ResendMail mail;

  ResendProvider(ResendMail mail) {
    this.mail = mail;
  }

  @Override
  public ProviderSpec spec() {
    return EmailConfig.SPEC;
  }

  @Override
  public EmailConfig config(Settings settings) {
    return EmailConfig.of(settings);
  }

  @Override
  public Rendering render(EmailConfig config, Message message) {
    return EmailDocument.of(message, mail.from(), config).rendering();
  }

  /**
   * The bytes that were rendered, unless the channel or the host has another address now: then it
   * is another mail, and Resend wants another key for it.
   */
  @Override
  public OutboundRequest request(EmailConfig config, Rendering rendering, DeliveryStamp stamp) {
    Optional<EmailDocument> rendered = EmailDocument.read(rendering);
    Optional<EmailDocument> wanted =
        rendered.map(document -> document.addressed(mail.from(), config.email()));
    byte[] body = rendering.bytes();
    String key = stamp.id().toString();
    if (!wanted.equals(rendered)) {
      body = wanted.orElseThrow().rendering().bytes();
      key += "/" + UUID.nameUUIDFromBytes(body);
    }
    return new OutboundRequest(
        mail.url(), Map.of("Authorization", mail.authorization(), "Idempotency-Key", key), body);
  }

  @Override
  public DeliveryOutcome classify(EmailConfig config, HttpReply reply, Instant now) {
    return ResendAnswer.of(reply, mail).outcome(reply, now);
  }
}
