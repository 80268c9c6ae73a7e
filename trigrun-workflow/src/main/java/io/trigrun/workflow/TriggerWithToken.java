package io.trigrun.workflow;

/**
 * A trigger and the token that its address ends with: {@code /v1/triggers/<token>}.
 *
 * @param token {@code trg_} and 256 random bits. Shown only here: the store keeps a hash
 */
public record TriggerWithToken(WebhookTrigger trigger, String token) {

  @Override
  public String toString() {
    return "TriggerWithToken[" + trigger + ", token=***]";
  }
}
