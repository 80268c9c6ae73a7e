package io.trigrun.notify;

import java.util.Optional;

/**
 * What a rule may say beyond scope, channel and event.
 *
 * @param digest collects messages and sends one summary of them; empty sends each at once
 */
public record RuleOptions(Optional<Digest> digest) {

  private static final RuleOptions NONE = new RuleOptions(Optional.empty());

  /** Each message is sent at once. */
  public static RuleOptions none() {
    return NONE;
  }

  /** The same, but messages are collected and sent as one. */
  public RuleOptions withDigest(Digest value) {
    return new RuleOptions(Optional.of(value));
  }
}
