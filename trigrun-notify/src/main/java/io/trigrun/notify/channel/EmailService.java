package io.trigrun.notify.channel;

import io.trigrun.notify.provider.ChannelProvider;

/**
 * How the mail of all channels of type {@code email} leaves: {@link ResendMail} or {@link
 * SmtpMail}. Given to {@code Notifications.builder().email(...)}. For another service, write a
 * provider of type {@code email}.
 */
public abstract sealed class EmailService permits ResendMail, SmtpMail {

  EmailService() {}

  abstract ChannelProvider<?> provider();
}
