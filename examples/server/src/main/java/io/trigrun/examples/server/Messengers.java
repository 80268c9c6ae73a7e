package io.trigrun.examples.server;

import io.trigrun.egress.EgressPolicy;
import io.trigrun.notify.Notifications;
import io.trigrun.notify.channel.EmailService;
import io.trigrun.notify.channel.ResendMail;
import io.trigrun.notify.channel.SmtpMail;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How messages leave. */
final class Messengers {

  private static final Logger LOG = LoggerFactory.getLogger(Messengers.class);

  /** What Resend lets everybody try it with. */
  private static final String RESEND_FROM = "TrigRun <onboarding@resend.dev>";

  private static final String SMTP_FROM = "TrigRun <trigrun@localhost.localdomain>";

  private static final String EMAIL_ADVICE =
      "start the server with --resend-api-key or --smtp-url, and --email-from";

  private Messengers() {}

  static Notifications open(Options options, EgressPolicy policy) {
    Notifications.Builder builder = Notifications.builder().emailAdvice(EMAIL_ADVICE);
    options
        .telegramApiUrl
        .map(url -> Reach.require("--telegram-api-url", url, policy))
        .ifPresent(builder::telegramApiUrl);
    email(options, policy).ifPresent(builder::email);
    return builder.build();
  }

  private static Optional<EmailService> email(Options options, EgressPolicy policy) {
    if (options.resendApiKey.isEmpty()) {
      return options.smtpUrl.map(url -> SmtpMail.of(url, options.emailFrom.orElse(SMTP_FROM)));
    }
    if (options.smtpUrl.isPresent()) {
      LOG.warn("mail leaves by Resend; --smtp-url is not used beside --resend-api-key");
    }
    ResendMail mail =
        ResendMail.of(options.resendApiKey.get(), options.emailFrom.orElse(RESEND_FROM));
    return Optional.of(
        options
            .resendApiUrl
            .map(url -> Reach.require("--resend-api-url", url, policy))
            .map(url -> mail.baseUrl(url.toString()))
            .orElse(mail));
  }
}
