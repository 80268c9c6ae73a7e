package io.trigrun.workflow.internal.trigger;

import io.trigrun.Cursor;
import io.trigrun.Page;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.workflow.WebhookTrigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Triggers and the definitions they are stored as. A trigger is a part of its job, has the job's id
 * for a name and the hash of its token for a lookup key. An old token is a definition of the same
 * kind, so that one search finds either; it says which trigger it leads to, and until when.
 */
final class TriggerDefinitions {

  static final String KIND = "webhook_trigger";

  private static final String LEADS_TO = "leads_to";
  private static final String UNTIL = "until";
  private static final int PAGE = 500;

  private TriggerDefinitions() {}

  /** Where an old token leads. */
  record OldToken(UUID triggerId, Instant until) {}

  static Definition created(
      UUID id,
      String workspace,
      UUID jobId,
      String tokenHash,
      String document,
      Set<UUID> references,
      Instant now) {
    return new Definition(
        id,
        workspace,
        KIND,
        jobId.toString(),
        Optional.of(jobId),
        Optional.of(tokenHash),
        references,
        false,
        1,
        now,
        now,
        document);
  }

  static Definition replaced(
      Definition old,
      Optional<String> tokenHash,
      String document,
      Set<UUID> references,
      Instant now) {
    return new Definition(
        old.id(),
        old.workspace(),
        KIND,
        old.name(),
        old.owner(),
        tokenHash,
        references,
        false,
        old.version() + 1,
        old.createdAt(),
        now,
        document);
  }

  /** Takes over the lookup key of a trigger, which has to get another one in the same write. */
  static Definition oldToken(Definition trigger, Instant until, Instant now) {
    UUID id = TimeOrderedId.at(now);
    String document =
        JsonMapper.shared()
            .createObjectNode()
            .put(LEADS_TO, trigger.id().toString())
            .put(UNTIL, until.toString())
            .toString();
    return new Definition(
        id,
        trigger.workspace(),
        KIND,
        id.toString(),
        trigger.owner(),
        trigger.lookupKey(),
        Set.of(),
        false,
        1,
        now,
        now,
        document);
  }

  /** Empty if it is a trigger. */
  static Optional<OldToken> oldToken(Definition definition) {
    JsonNode json = JsonMapper.shared().readTree(definition.document());
    return json.has(LEADS_TO)
        ? Optional.of(
            new OldToken(
                UUID.fromString(json.required(LEADS_TO).stringValue()),
                Instant.parse(json.required(UNTIL).stringValue())))
        : Optional.empty();
  }

  static UUID jobId(Definition trigger) {
    return trigger.owner().orElseThrow();
  }

  static WebhookTrigger view(Definition trigger) {
    TriggerDocument document = TriggerDocument.read(trigger.document());
    return new WebhookTrigger(
        jobId(trigger),
        trigger.workspace(),
        document.spec(),
        !document.secrets().isEmpty(),
        trigger.createdAt(),
        trigger.updatedAt());
  }

  /** All that a query finds, page by page. */
  static List<Definition> all(JobStore store, DefinitionQuery query) {
    List<Definition> all = new ArrayList<>();
    Optional<Cursor> next = Optional.empty();
    do {
      DefinitionQuery page = next.map(query::after).orElse(query).limit(PAGE);
      Page<Definition> found = store.listDefinitions(page);
      all.addAll(found.items());
      next = found.next();
    } while (next.isPresent());
    return all;
  }
}
