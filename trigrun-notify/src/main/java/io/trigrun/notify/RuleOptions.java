package io.trigrun.notify;

import io.trigrun.notify.provider.MessageTemplate;
import java.util.Optional;

/**
 * What a rule may say beyond scope, channel and event.
 *
 * @param digest collects messages and sends one summary of them; empty sends each at once
 * @param template how its messages are worded, if not as the channel says
 */
public record RuleOptions(Optional<Digest> digest, Optional<MessageTemplate> template) {

  private static final RuleOptions NONE = new RuleOptions(Optional.empty(), Optional.empty());

  /** Each message is sent at once, in the words of the channel. */
  public static RuleOptions none() {
    return NONE;
  }

  /** The same, but messages are collected and sent as one. */
  public RuleOptions withDigest(Digest value) {
    return new RuleOptions(Optional.of(value), template);
  }

  /** The same in other words. */
  public RuleOptions withTemplate(MessageTemplate value) {
    return new RuleOptions(digest, Optional.of(value));
  }

  /** The same, with the words that the rule has had, unless there are others. */
  RuleOptions orOf(RuleOptions before) {
    return new RuleOptions(digest, template.or(before::template));
  }

  /** As it is stored: no words are as good as none. */
  RuleOptions saved() {
    return new RuleOptions(digest, template.filter(words -> !words.isEmpty()));
  }
}
