package io.trigrun.notify.channel;

import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.DirectChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.List;

/** Stands in for e-mail where the host has not said how mail leaves, and says what to add. */
record EmailNotSetUp(String advice) implements DirectChannelProvider<EmailConfig> {

  @Override
  public ProviderSpec spec() {
    return EmailConfig.SPEC;
  }

  @Override
  public EmailConfig config(Settings settings) {
    throw new ValidationException(
        List.of(new Problem("type", "a way for mail to leave: " + advice, "email without one")));
  }

  @Override
  public Rendering render(EmailConfig config, Message message) {
    throw new IllegalStateException("expected a way for mail to leave, got none");
  }

  @Override
  public DeliveryOutcome send(
      EmailConfig config, Rendering rendering, DeliveryStamp stamp, Duration timeout) {
    throw new IllegalStateException("expected a way for mail to leave, got none");
  }
}
