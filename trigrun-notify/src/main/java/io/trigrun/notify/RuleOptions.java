package io.trigrun.notify;

import io.trigrun.notify.provider.MessageTemplate;
import java.util.Optional;

/**
 * What a rule may say beyond scope, channel and event.
 *
 * @param digest collects messages and sends one summary of them; empty sends each at once
 * @param template how its messages are worded, if not as the channel says
 * @param flapping when ups and downs are too many to be told; empty tells each
 */
public record RuleOptions(
    Optional<Digest> digest, Optional<MessageTemplate> template, Optional<Flapping> flapping) {

  private static final RuleOptions NONE =
      new RuleOptions(Optional.empty(), Optional.empty(), Optional.empty());

  /** Each message is sent at once, in the words of the channel. */
  public static RuleOptions none() {
    return NONE;
  }

  /** The same, but messages are collected and sent as one. */
  public RuleOptions withDigest(Digest value) {
    return new RuleOptions(Optional.of(value), template, flapping);
  }

  /** The same in other words. */
  public RuleOptions withTemplate(MessageTemplate value) {
    return new RuleOptions(digest, Optional.of(value), flapping);
  }

  /**
   * The same, but ups and downs are told only as long as there are not too many (row N20). For
   * rules that send at once and are about {@code on_success}, {@code on_failure}, {@code
   * on_retries_exhausted}, {@code on_completion}, {@code on_down} or {@code on_recovery}.
   */
  public RuleOptions withFlapping(Flapping value) {
    return new RuleOptions(digest, template, Optional.of(value));
  }

  /** The same, with what the rule has said before, unless there is something else. */
  RuleOptions orOf(RuleOptions before) {
    return new RuleOptions(digest, template.or(before::template), flapping.or(before::flapping));
  }

  /** As it is stored: no words are as good as none, and so is what is off. */
  RuleOptions saved() {
    return new RuleOptions(
        digest,
        template.filter(words -> !words.isEmpty()),
        flapping.filter(value -> !value.isOff()));
  }
}
