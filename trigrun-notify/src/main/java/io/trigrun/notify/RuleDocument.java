package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the store keeps of a rule. One about a job or monitor is owned by it, so it goes with it;
 * one about many is of a kind of its own, so that those are read together. Each references its
 * channel; its name makes it unique for scope, channel and event.
 *
 * @param event empty if only a newer node knows it
 */
record RuleDocument(
    UUID id,
    RuleScope scope,
    UUID channelId,
    Optional<NotificationEvent> event,
    Instant createdAt) {

  /** Of rules about one job or monitor. */
  static final String KIND = "notification_rule";

  /** Of rules about a label or a workspace. */
  static final String COMMON_KIND = "notification_common_rule";

  private static final String EVENT = "event";
  private static final String SCOPE = "scope";
  private static final String LABEL = "label";
  private static final String MONITOR = "monitor";

  static Definition definition(
      UUID id,
      String workspace,
      RuleScope scope,
      UUID channelId,
      NotificationEvent event,
      Instant now) {
    ObjectNode json = JsonText.object().put(EVENT, event.ruleName());
    if (scope instanceof RuleScope.OfMonitor) {
      json.put(SCOPE, MONITOR);
    } else if (scope instanceof RuleScope.Labelled labelled) {
      json.put(LABEL, labelled.label());
    }
    return new Definition(
        id,
        workspace,
        kind(scope),
        name(scope, channelId, event),
        scope.owner(),
        Optional.empty(),
        Set.of(channelId),
        true,
        1,
        now,
        now,
        JsonText.write(json));
  }

  static String kind(RuleScope scope) {
    return scope.owner().isPresent() ? KIND : COMMON_KIND;
  }

  private static String name(RuleScope scope, UUID channelId, NotificationEvent event) {
    String about =
        scope
            .owner()
            .map(UUID::toString)
            .orElse(scope instanceof RuleScope.Labelled l ? l.label() : "*");
    return about + "|" + channelId + "|" + event.ruleName();
  }

  static RuleDocument read(Definition rule) {
    JsonNode json = JsonText.read(rule.document());
    return new RuleDocument(
        rule.id(),
        scope(rule, json),
        rule.references().iterator().next(),
        NotificationEvent.find(json.required(EVENT).stringValue()),
        rule.createdAt());
  }

  private static RuleScope scope(Definition rule, JsonNode json) {
    if (rule.owner().isPresent()) {
      return json.has(SCOPE)
          ? RuleScope.monitor(rule.owner().get())
          : RuleScope.job(rule.owner().get());
    }
    return json.has(LABEL)
        ? RuleScope.label(json.required(LABEL).stringValue())
        : RuleScope.workspace();
  }

  static DefinitionQuery ownedBy(UUID jobOrMonitor) {
    return anywhere(KIND).ownedBy(jobOrMonitor);
  }

  static DefinitionQuery common(String workspace) {
    return DefinitionQuery.of(workspace, COMMON_KIND);
  }

  static DefinitionQuery anywhere(String kind) {
    return new DefinitionQuery(
        Optional.empty(), kind, Optional.empty(), Optional.empty(), Optional.empty(), 1_000);
  }
}
