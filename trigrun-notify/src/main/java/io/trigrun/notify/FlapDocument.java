package io.trigrun.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.spi.Definition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the store keeps of the ups and downs of a job or monitor for a channel: a part of the job or
 * monitor, which goes with it. It is saved by the write that ends the run or changes the monitor,
 * and only by changes: of two at the same time, the second is planned again.
 *
 * @param version of the definition; 0 if there is none yet
 * @param ruleId the rule that says what is flapping
 */
record FlapDocument(UUID ownerId, UUID channelId, UUID ruleId, long version, FlapHistory history) {

  static final String KIND = "notification_flapping";

  private static final String CHANNEL_ID = "channel_id";
  private static final String RULE_ID = "rule_id";
  private static final String STANDING = "standing";
  private static final String CHANGES = "changes";
  private static final String SPELL = "flapping";
  private static final String SINCE = "since";
  private static final String LATEST = "latest";

  static FlapDocument none(UUID ownerId, UUID channelId, UUID ruleId) {
    return new FlapDocument(ownerId, channelId, ruleId, 0, FlapHistory.NONE);
  }

  /** Follows from both ids, so that nobody has to look for it. */
  static UUID idOf(UUID ownerId, UUID channelId) {
    String name = "trigrun/" + KIND + "/" + ownerId + "/" + channelId;
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
  }

  UUID id() {
    return idOf(ownerId, channelId);
  }

  /** The next version, to be saved. */
  FlapDocument next(FlapHistory after, UUID rule) {
    return new FlapDocument(ownerId, channelId, rule, version + 1, after);
  }

  Definition definition(String workspace, Instant now) {
    return new Definition(
        id(),
        workspace,
        KIND,
        id().toString(),
        Optional.of(ownerId),
        Optional.empty(),
        Set.of(),
        false, // read each time
        version,
        now,
        now,
        write());
  }

  private String write() {
    ObjectNode json =
        JsonText.object()
            .put(CHANNEL_ID, channelId.toString())
            .put(RULE_ID, ruleId.toString())
            .put(STANDING, history.standing().name());
    ArrayNode changes = json.putArray(CHANGES);
    history.changes().forEach(at -> changes.add(at.toString()));
    history
        .spell()
        .ifPresent(
            spell ->
                json.putObject(SPELL)
                    .put(SINCE, spell.since().toString())
                    .put(CHANGES, spell.changes())
                    .put(LATEST, spell.latest().toString()));
    return JsonText.write(json);
  }

  static FlapDocument read(Definition definition) {
    JsonNode json = JsonText.read(definition.document());
    List<Instant> changes = new ArrayList<>();
    json.required(CHANGES).forEach(at -> changes.add(Instant.parse(at.stringValue())));
    return new FlapDocument(
        definition.owner().orElseThrow(),
        UUID.fromString(json.required(CHANNEL_ID).stringValue()),
        UUID.fromString(json.required(RULE_ID).stringValue()),
        definition.version(),
        new FlapHistory(
            Standing.valueOf(json.required(STANDING).stringValue()),
            changes,
            Optional.ofNullable(json.get(SPELL)).map(FlapDocument::spell)));
  }

  private static FlapHistory.Spell spell(JsonNode json) {
    return new FlapHistory.Spell(
        Instant.parse(json.required(SINCE).stringValue()),
        json.required(CHANGES).intValue(),
        Instant.parse(json.required(LATEST).stringValue()));
  }
}
