/** Notification channels, rules and deliveries. */
module io.trigrun.notify {
  requires tools.jackson.databind;
  requires transitive io.trigrun.core;
  requires static transitive org.jspecify;

  // Only for SmtpMail: hosts that send mail by SMTP add them.
  requires static jakarta.mail;
  requires static org.eclipse.angus.mail;

  uses io.trigrun.notify.provider.ChannelProvider;

  exports io.trigrun.notify;
  exports io.trigrun.notify.channel;
  exports io.trigrun.notify.provider;
}
