package io.trigrun.notify;

import io.trigrun.Priority;
import io.trigrun.Trigger;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.spi.Definition;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.UniqueKey;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The payload of the execution that goes from firing to firing of a digest. It is there as long as
 * the rule is, whether anything happens or not: so nothing that is collected while a summary is
 * being made can be left behind.
 *
 * @param digest what the rule said then; the cursor of a rule that says something else ends
 * @param version the version of the rule that said so: if it says the same again after it has said
 *     something else, it has another cursor
 */
record DigestCursor(UUID ruleId, Digest digest, long version) {

  private static final String RULE_ID = "rule_id";
  private static final String DIGEST = "digest";
  private static final String VERSION = "digest_version";

  /** The cursor of a rule that is about to be saved; nothing for one that sends at once. */
  static WriteSet of(Definition rule, Instant now) {
    RuleDocument document = RuleDocument.read(rule);
    return document
        .options()
        .digest()
        .map(digest -> new DigestCursor(rule.id(), digest, document.digestVersion()))
        .flatMap(cursor -> cursor.execution(rule.workspace(), now))
        .map(cursor -> WriteSet.enqueue(List.of(cursor)))
        .orElse(WriteSet.empty());
  }

  /** Empty for a schedule that never fires again. */
  private Optional<NewExecution> execution(String workspace, Instant now) {
    return digest
        .schedule()
        .next(now, now)
        .map(
            first ->
                new NewExecution(
                    TimeOrderedId.at(now),
                    workspace,
                    DeliveryHandler.QUEUE,
                    DigestHandler.NAME,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Trigger.SYSTEM,
                    Priority.LOW, // what is to be collected goes first
                    first,
                    first,
                    now,
                    Optional.of(UniqueKey.whileKept("digest/" + ruleId + "/" + version)),
                    Optional.empty(),
                    write()));
  }

  private String write() {
    ObjectNode json = JsonText.object().put(RULE_ID, ruleId.toString()).put(VERSION, version);
    json.set(DIGEST, DigestJson.write(digest));
    return JsonText.write(json);
  }

  static DigestCursor read(String payload) {
    JsonNode json = JsonText.read(payload);
    return new DigestCursor(
        UUID.fromString(json.required(RULE_ID).stringValue()),
        DigestJson.read(json.required(DIGEST)),
        json.path(VERSION).longValue(0));
  }
}
