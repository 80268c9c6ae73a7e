package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the store keeps of a rule. Its owner is the job, so it goes with it; it references the
 * channel; its name makes it unique for job, channel and event.
 */
final class RuleDocument {

  static final String KIND = "notification_rule";

  private RuleDocument() {}

  static Definition of(
      UUID id, String workspace, UUID jobId, UUID channelId, NotificationEvent event, Instant now) {
    return new Definition(
        id,
        workspace,
        KIND,
        name(jobId, channelId, event),
        Optional.of(jobId),
        Optional.empty(),
        Set.of(channelId),
        true,
        1,
        now,
        now,
        JsonText.write(JsonText.object().put("event", event.ruleName())));
  }

  static String name(UUID jobId, UUID channelId, NotificationEvent event) {
    return jobId + "/" + channelId + "/" + event.ruleName();
  }

  /** Empty for an event that only a newer node knows. */
  static Optional<NotificationEvent> event(Definition rule) {
    String name = JsonText.read(rule.document()).required("event").stringValue();
    return NotificationEvent.find(name);
  }

  static UUID channelId(Definition rule) {
    return rule.references().iterator().next();
  }

  static UUID jobId(Definition rule) {
    return rule.owner().orElseThrow();
  }

  static DefinitionQuery ownedBy(UUID jobId) {
    return anywhere().ownedBy(jobId);
  }

  static DefinitionQuery referencing(UUID channelId) {
    return anywhere().referencing(channelId);
  }

  private static DefinitionQuery anywhere() {
    return new DefinitionQuery(
        Optional.empty(), KIND, Optional.empty(), Optional.empty(), Optional.empty(), 1_000);
  }
}
