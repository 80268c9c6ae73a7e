package io.trigrun.notify.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.DirectChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Sends mail by SMTP: one recipient, one connection, no retry of its own. */
final class SmtpProvider implements DirectChannelProvider<EmailConfig> {

  private final SmtpMail mail;

  SmtpProvider(SmtpMail mail) {
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

  @Override
  public DeliveryOutcome send(
      EmailConfig config, Rendering rendering, DeliveryStamp stamp, Duration timeout)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("before the mail was sent");
    }
    Optional<EmailDocument> document = EmailDocument.read(rendering);
    if (document.isEmpty()) {
      return new DeliveryOutcome.Permanent(
          "expected a mail, got what another kind of provider has rendered",
          DeliveryOutcome.Fault.MESSAGE);
    }
    String mime = MimeMail.of(document.get(), mail.from(), config.email(), stamp);
    return SmtpExchange.send(mail, config.email(), mime.getBytes(US_ASCII), timeout);
  }
}
