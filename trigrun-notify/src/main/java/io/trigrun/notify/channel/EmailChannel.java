package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;

/**
 * A channel that sends e-mail to one address (row N3): HTML with a header in the colour of the
 * status and a table, and the same as plain text. How mail leaves, by Resend or by SMTP, is said
 * once for all channels, with {@code Notifications.builder().email(...)}. Immutable. Everything is
 * checked when the channel is saved.
 */
public final class EmailChannel extends BuiltInChannel {

  static final String TYPE = "email";
  static final String EMAIL = "email";
  static final String INCLUDE_OUTPUT = "include_output";

  private EmailChannel(String name, Settings settings) {
    super(TYPE, name, settings);
  }

  /**
   * Mail without the output of jobs.
   *
   * @param name unique within the workspace, 1 to 100 characters
   * @param email one address such as {@code ops@example.com}, at most 254 characters, in ASCII: a
   *     domain in another script in its {@code xn--} form
   */
  public static EmailChannel of(String name, String email) {
    return new EmailChannel(name, Settings.empty().with(EMAIL, email));
  }

  /** Whether mail shows what the job or its target has said, up to 4 KB of it. Default: no. */
  public EmailChannel includeOutput(boolean include) {
    return new EmailChannel(name(), settings().with(INCLUDE_OUTPUT, include));
  }
}
