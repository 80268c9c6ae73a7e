package io.trigrun.notify;

import io.trigrun.Priority;
import io.trigrun.Trigger;
import io.trigrun.http.BodyPreview;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.ExecutionSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Subject;
import io.trigrun.spi.Definition;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.UniqueKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message that waits for the next summary. It is taken in in two steps: what follows from an
 * event is an execution, which no other event has to wait for; that one puts the item, a part of
 * the rule, beside the others.
 */
record DigestItem(UUID ruleId, Message message) {

  static final String KIND = "notification_digest_item";

  private static final String RULE_ID = "rule_id";
  private static final String MESSAGE = "message";
  private static final int MOST_FACTS = 8;
  private static final int FACT_BYTES = 200;
  private static final int TEXT_BYTES = 500;

  /** To be stored with the event. */
  static NewExecution collecting(Occurrence occurrence, UUID ruleId, Message message) {
    return new NewExecution(
        TimeOrderedId.at(occurrence.at()),
        occurrence.workspace(),
        DeliveryHandler.QUEUE,
        CollectHandler.NAME,
        Optional.empty(),
        occurrence.subject().executionId(),
        Optional.empty(),
        Trigger.SYSTEM,
        Priority.HIGH,
        occurrence.at(),
        occurrence.at(),
        occurrence.at(),
        Optional.of(UniqueKey.whileKept("collect/" + occurrence.key() + "/" + ruleId)),
        Optional.empty(),
        new DigestItem(ruleId, brief(message)).write());
  }

  /** A part of the rule, so that it goes with it; no run depends on it. */
  Definition definition(String workspace) {
    Instant at = message.at();
    UUID id = TimeOrderedId.at(at);
    return new Definition(
        id,
        workspace,
        KIND,
        id.toString(),
        Optional.of(ruleId),
        Optional.empty(),
        Set.of(),
        false,
        1,
        at,
        at,
        write());
  }

  String write() {
    ObjectNode json = JsonText.object().put(RULE_ID, ruleId.toString());
    json.set(MESSAGE, MessageJson.write(message));
    return JsonText.write(json);
  }

  static DigestItem read(String text) {
    JsonNode json = JsonText.read(text);
    return new DigestItem(
        UUID.fromString(json.required(RULE_ID).stringValue()),
        MessageJson.read(json.required(MESSAGE)));
  }

  /** Hundreds of them make one message. */
  private static Message brief(Message message) {
    Notice notice = message.notice();
    List<Notice.Fact> facts =
        notice.facts().stream()
            .limit(MOST_FACTS)
            .map(fact -> new Notice.Fact(fact.name(), BodyPreview.cut(fact.value(), FACT_BYTES)))
            .toList();
    return new Message(
        message.event(),
        message.at(),
        brief(message.subject()),
        new Notice(
            notice.title(),
            notice.tone(),
            notice.text().map(text -> BodyPreview.cut(text, TEXT_BYTES)),
            facts,
            Optional.empty(),
            notice.link()));
  }

  private static Subject brief(Subject subject) {
    return subject instanceof ExecutionSubject execution
        ? new ExecutionSubject(
            execution.jobId(),
            execution.jobName(),
            execution.executionId(),
            execution.status(),
            execution.statusCode(),
            execution.bodyPreview().map(text -> BodyPreview.cut(text, TEXT_BYTES)),
            execution.errorClass(),
            Optional.empty(),
            execution.run())
        : subject;
  }
}
