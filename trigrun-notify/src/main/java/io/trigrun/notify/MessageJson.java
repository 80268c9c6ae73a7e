package io.trigrun.notify;

import io.trigrun.Trigger;
import io.trigrun.TriggerEvent;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.ApprovalSubject;
import io.trigrun.notify.provider.DigestSubject;
import io.trigrun.notify.provider.ExecutionSubject;
import io.trigrun.notify.provider.HostSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.MonitorSubject;
import io.trigrun.notify.provider.NoteSubject;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.notify.provider.ParentDetail;
import io.trigrun.notify.provider.RunDetail;
import io.trigrun.notify.provider.RunReference;
import io.trigrun.notify.provider.Subject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages that are kept until somebody can render them, as JSON, and back. */
final class MessageJson {

  private MessageJson() {}

  static ObjectNode write(Message message) {
    ObjectNode json =
        JsonText.object().put("event", message.event()).put("at", message.at().toString());
    Subject subject = message.subject();
    if (subject instanceof ExecutionSubject execution) {
      put(json.putObject("execution"), execution);
    } else if (subject instanceof MonitorSubject monitor) {
      put(json.putObject("monitor"), monitor);
    } else if (subject instanceof ApprovalSubject approval) {
      put(json.putObject("approval"), approval);
    } else if (subject instanceof NoteSubject note) {
      put(json.putObject("note"), note);
    } else if (subject instanceof HostSubject host) {
      json.put("payload", host.payload());
    } else if (subject instanceof DigestSubject digest) {
      ArrayNode items = json.putArray("items");
      digest.items().forEach(item -> items.add(write(item)));
      json.put("count", digest.count());
    }
    put(json.putObject("notice"), message.notice());
    return json;
  }

  private static void put(ObjectNode json, ExecutionSubject subject) {
    json.put("job_id", subject.jobId().toString())
        .put("job_name", subject.jobName())
        .put("id", subject.executionId().toString())
        .put("status", subject.status());
    subject.statusCode().ifPresent(code -> json.put("status_code", code));
    subject.bodyPreview().ifPresent(text -> json.put("body_preview", text));
    subject.errorClass().ifPresent(word -> json.put("error_class", word));
    subject.output().ifPresent(text -> json.put("output", text));
    RunDetail run = subject.run();
    json.put("attempt", run.attempt())
        .put("retries_exhausted", run.retriesExhausted())
        .put("trigger", run.trigger().name())
        .put("scheduled_for", run.scheduledFor().toString());
    run.exitCode().ifPresent(code -> json.put("exit_code", code));
    run.reason().ifPresent(text -> json.put("reason", text));
    ArrayNode triggered = json.putArray("triggered");
    run.triggered().forEach(triggered::add);
    run.parent().ifPresent(parent -> put(json.putObject("parent"), parent));
  }

  private static void put(ObjectNode json, ParentDetail run) {
    json.put("job_name", run.jobName())
        .put("succeeded", run.succeeded())
        .put("trigger", run.trigger().name())
        .put("scheduled_for", run.scheduledFor().toString());
    run.event().ifPresent(event -> json.put("event", event.jsonName()));
    run.exitCode().ifPresent(code -> json.put("exit_code", code));
    run.log().ifPresent(text -> json.put("log", text));
    run.parent().ifPresent(parent -> put(json.putObject("parent"), parent));
  }

  private static void put(ObjectNode json, MonitorSubject subject) {
    json.put("id", subject.monitorId().toString())
        .put("name", subject.name())
        .put("expected_interval", subject.expectedInterval().toString());
    subject.lastPingAt().ifPresent(at -> json.put("last_ping_at", at.toString()));
    subject.downFor().ifPresent(time -> json.put("down_for", time.toString()));
  }

  private static void put(ObjectNode json, ApprovalSubject subject) {
    put(json, subject.run());
    json.put("step", subject.step()).put("title", subject.title()).put("text", subject.text());
    ObjectNode fields = json.putObject("fields");
    subject.fields().forEach(fields::put);
    subject.approver().ifPresent(name -> json.put("approver", name));
    subject.reviewUrl().ifPresent(url -> json.put("review_url", url.toString()));
    json.put("expires_at", subject.expiresAt().toString());
  }

  private static void put(ObjectNode json, NoteSubject subject) {
    put(json, subject.run());
    json.put("title", subject.title()).put("text", subject.text());
    ObjectNode facts = json.putObject("facts");
    subject.facts().forEach(facts::put);
  }

  private static void put(ObjectNode json, RunReference run) {
    json.put("execution_id", run.executionId().toString());
    run.jobId().ifPresent(id -> json.put("job_id", id.toString()));
    run.jobName().ifPresent(name -> json.put("job_name", name));
  }

  private static void put(ObjectNode json, Notice notice) {
    json.put("title", notice.title()).put("tone", notice.tone().name());
    notice.text().ifPresent(text -> json.put("text", text));
    notice.output().ifPresent(text -> json.put("output", text));
    notice.link().ifPresent(link -> json.put("link", link.toString()));
    ArrayNode facts = json.putArray("facts");
    notice.facts().forEach(fact -> facts.addArray().add(fact.name()).add(fact.value()));
  }

  static Message read(JsonNode json) {
    return new Message(
        json.required("event").stringValue(),
        Instant.parse(json.required("at").stringValue()),
        subject(json),
        notice(json.required("notice")));
  }

  private static Subject subject(JsonNode json) {
    if (json.has("execution")) {
      return execution(json.required("execution"));
    }
    if (json.has("approval")) {
      return approval(json.required("approval"));
    }
    if (json.has("note")) {
      return note(json.required("note"));
    }
    if (json.has("items")) {
      List<Message> items = new ArrayList<>();
      json.required("items").forEach(item -> items.add(read(item)));
      return new DigestSubject(items, json.required("count").intValue());
    }
    return json.has("monitor")
        ? monitor(json.required("monitor"))
        : new HostSubject(json.required("payload").stringValue());
  }

  private static ExecutionSubject execution(JsonNode json) {
    return new ExecutionSubject(
        UUID.fromString(json.required("job_id").stringValue()),
        json.required("job_name").stringValue(),
        UUID.fromString(json.required("id").stringValue()),
        json.required("status").stringValue(),
        Optional.ofNullable(json.get("status_code")).map(JsonNode::intValue),
        text(json.get("body_preview")),
        text(json.get("error_class")),
        text(json.get("output")),
        run(json));
  }

  /** Those of older nodes know less. */
  private static RunDetail run(JsonNode json) {
    List<String> triggered = new ArrayList<>();
    json.path("triggered").forEach(name -> triggered.add(name.stringValue()));
    return new RunDetail(
        json.required("attempt").intValue(),
        json.required("retries_exhausted").booleanValue(),
        Trigger.valueOf(json.required("trigger").stringValue()),
        Instant.parse(json.required("scheduled_for").stringValue()),
        Optional.ofNullable(json.get("exit_code")).map(JsonNode::intValue),
        text(json.get("reason")),
        triggered,
        Optional.ofNullable(json.get("parent")).map(MessageJson::parent));
  }

  private static ParentDetail parent(JsonNode json) {
    return new ParentDetail(
        json.required("job_name").stringValue(),
        text(json.get("event")).map(word -> TriggerEvent.valueOf(word.toUpperCase(Locale.ROOT))),
        json.required("succeeded").booleanValue(),
        Optional.ofNullable(json.get("exit_code")).map(JsonNode::intValue),
        text(json.get("log")),
        Trigger.valueOf(json.required("trigger").stringValue()),
        Instant.parse(json.required("scheduled_for").stringValue()),
        Optional.ofNullable(json.get("parent")).map(MessageJson::parent));
  }

  private static MonitorSubject monitor(JsonNode json) {
    return new MonitorSubject(
        UUID.fromString(json.required("id").stringValue()),
        json.required("name").stringValue(),
        Duration.parse(json.required("expected_interval").stringValue()),
        text(json.get("last_ping_at")).map(Instant::parse),
        text(json.get("down_for")).map(Duration::parse));
  }

  private static ApprovalSubject approval(JsonNode json) {
    return new ApprovalSubject(
        reference(json),
        json.required("step").stringValue(),
        json.required("title").stringValue(),
        json.required("text").stringValue(),
        texts(json.required("fields")),
        text(json.get("approver")),
        text(json.get("review_url")).map(URI::create),
        Instant.parse(json.required("expires_at").stringValue()));
  }

  private static NoteSubject note(JsonNode json) {
    return new NoteSubject(
        reference(json),
        json.required("title").stringValue(),
        json.required("text").stringValue(),
        texts(json.required("facts")));
  }

  private static RunReference reference(JsonNode json) {
    return new RunReference(
        UUID.fromString(json.required("execution_id").stringValue()),
        text(json.get("job_id")).map(UUID::fromString),
        text(json.get("job_name")));
  }

  private static Map<String, String> texts(JsonNode json) {
    Map<String, String> texts = new LinkedHashMap<>();
    json.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().stringValue()));
    return texts;
  }

  private static Notice notice(JsonNode json) {
    List<Fact> facts = new ArrayList<>();
    json.required("facts")
        .forEach(fact -> facts.add(new Fact(fact.get(0).stringValue(), fact.get(1).stringValue())));
    return new Notice(
        json.required("title").stringValue(),
        Tone.valueOf(json.required("tone").stringValue()),
        text(json.get("text")),
        facts,
        text(json.get("output")),
        text(json.get("link")).map(URI::create));
  }

  private static Optional<String> text(@Nullable JsonNode node) {
    return Optional.ofNullable(node).map(JsonNode::stringValue);
  }
}
