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
 * @param digestVersion the version of the rule that said when it sends summaries; 0 if it does not,
 *     or has said so before versions were noted
 */
record RuleDocument(
    UUID id,
    RuleScope scope,
    UUID channelId,
    Optional<NotificationEvent> event,
    RuleOptions options,
    long digestVersion,
    Instant createdAt) {

  /** Of rules about one job or monitor. */
  static final String KIND = "notification_rule";

  /** Of rules about a label or a workspace. */
  static final String COMMON_KIND = "notification_common_rule";

  private static final String EVENT = "event";
  private static final String SCOPE = "scope";
  private static final String LABEL = "label";
  private static final String MONITOR = "monitor";
  private static final String DIGEST = "digest";
  private static final String DIGEST_VERSION = "digest_version";
  private static final String FLAPPING = "flapping";

  static Definition definition(
      UUID id,
      String workspace,
      RuleScope scope,
      UUID channelId,
      NotificationEvent event,
      Instant now) {
    return definition(id, workspace, scope, channelId, event, RuleOptions.none(), now);
  }

  static Definition definition(
      UUID id,
      String workspace,
      RuleScope scope,
      UUID channelId,
      NotificationEvent event,
      RuleOptions options,
      Instant now) {
    return new Definition(
        id,
        workspace,
        kind(scope),
        name(scope, channelId, event, options),
        scope.owner(),
        Optional.empty(),
        Set.of(channelId),
        true,
        1,
        now,
        now,
        document(scope, event, options, 1));
  }

  private static String document(
      RuleScope scope, NotificationEvent event, RuleOptions options, long digestVersion) {
    ObjectNode json = JsonText.object().put(EVENT, event.ruleName());
    if (scope instanceof RuleScope.OfMonitor) {
      json.put(SCOPE, MONITOR);
    } else if (scope instanceof RuleScope.Labelled labelled) {
      json.put(LABEL, labelled.label());
    }
    options
        .digest()
        .ifPresent(
            digest ->
                json.put(DIGEST_VERSION, digestVersion).set(DIGEST, DigestJson.write(digest)));
    options.template().ifPresent(words -> TemplateJson.put(json, words));
    options.flapping().ifPresent(value -> json.set(FLAPPING, FlappingJson.write(value)));
    return JsonText.write(json);
  }

  /** The next version of a rule, with other options. */
  static Definition replaced(
      Definition old,
      RuleScope scope,
      UUID channelId,
      NotificationEvent event,
      RuleOptions options,
      Instant now) {
    RuleDocument before = read(old);
    boolean sameDigest = before.options().digest().equals(options.digest());
    return new Definition(
        old.id(),
        old.workspace(),
        old.kind(),
        old.name(),
        old.owner(),
        old.lookupKey(),
        old.references(),
        old.configuration(),
        old.version() + 1,
        old.createdAt(),
        now,
        document(scope, event, options, sameDigest ? before.digestVersion() : old.version() + 1));
  }

  static String kind(RuleScope scope) {
    return scope.owner().isPresent() ? KIND : COMMON_KIND;
  }

  /** A rule that collects and one that sends at once get on with each other. */
  private static String name(
      RuleScope scope, UUID channelId, NotificationEvent event, RuleOptions options) {
    String about =
        scope
            .owner()
            .map(UUID::toString)
            .orElse(scope instanceof RuleScope.Labelled l ? l.label() : "*");
    String name = about + "|" + channelId + "|" + event.ruleName();
    return options.digest().isPresent() ? name + "|" + DIGEST : name;
  }

  static RuleDocument read(Definition rule) {
    JsonNode json = JsonText.read(rule.document());
    return new RuleDocument(
        rule.id(),
        scope(rule, json),
        rule.references().iterator().next(),
        NotificationEvent.find(json.required(EVENT).stringValue()),
        new RuleOptions(
            Optional.ofNullable(json.get(DIGEST)).map(DigestJson::read),
            TemplateJson.of(json),
            Optional.ofNullable(json.get(FLAPPING)).map(FlappingJson::read)),
        json.path(DIGEST_VERSION).longValue(0),
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

  static boolean isRule(Definition definition) {
    return definition.kind().equals(KIND) || definition.kind().equals(COMMON_KIND);
  }

  static DefinitionQuery ownedBy(UUID jobOrMonitor) {
    return DefinitionQuery.ofAllWorkspaces(KIND).ownedBy(jobOrMonitor);
  }

  static DefinitionQuery common(String workspace) {
    return DefinitionQuery.of(workspace, COMMON_KIND);
  }
}
