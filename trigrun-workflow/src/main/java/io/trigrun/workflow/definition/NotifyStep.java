package io.trigrun.workflow.definition;

import io.trigrun.validation.Problems;

/**
 * Sends a message to a channel of the workspace (row W11). The run goes on when the message is
 * stored; it is delivered, retried and tracked as any other.
 *
 * @param channel the channel's name
 * @param title at most 200 characters
 * @param text at most 10,000 characters; may be empty
 */
public record NotifyStep(String id, String channel, String title, String text, StepOptions options)
    implements Step {

  public NotifyStep {
    StepRules.requireId(id);
    Problems.require(
        !channel.isBlank() && channel.length() <= 200, "channel", "the name of a channel", channel);
    Problems.require(!title.isBlank(), "title", "a text", "none");
    StepRules.requireText("title", title, 200);
    StepRules.requireText("text", text, 10_000);
  }

  @Override
  public String type() {
    return "notify";
  }

  @Override
  public NotifyStep with(StepOptions value) {
    return new NotifyStep(id, channel, title, text, value);
  }
}
