package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;

/**
 * A channel that posts cards to Microsoft Teams through a workflow "when a Teams webhook request is
 * received" (row N7). Immutable; {@link #toString} does not show the URL. Everything is checked
 * when the channel is saved.
 *
 * <p>A workflow answers as soon as it has taken the request: that a delivery is sent means that it
 * was accepted. If the workflow then fails to post the card, only its own history in Teams tells.
 */
public final class TeamsChannel extends BuiltInChannel {

  static final String TYPE = "teams";
  static final String WEBHOOK_URL = "webhook_url";
  static final String INCLUDE_OUTPUT = "include_output";

  private TeamsChannel(String name, Settings settings) {
    super(TYPE, name, settings);
  }

  /**
   * A workflow's webhook, without output.
   *
   * @param name unique within the workspace, 1 to 100 characters
   * @param webhookUrl as the workflow shows it, with its whole query; at most 2,048 characters
   */
  public static TeamsChannel of(String name, String webhookUrl) {
    return new TeamsChannel(name, Settings.empty().with(WEBHOOK_URL, webhookUrl));
  }

  /** Whether cards show the start of what a job or its target said. Default: no. */
  public TeamsChannel includeOutput(boolean include) {
    return new TeamsChannel(name(), settings().with(INCLUDE_OUTPUT, include));
  }
}
