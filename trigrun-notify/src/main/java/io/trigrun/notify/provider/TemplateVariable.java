package io.trigrun.notify.provider;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.internal.Timestamps;
import io.trigrun.template.TemplateText;
import io.trigrun.validation.Problems;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What may stand between two pairs of braces in a {@link MessageTemplate}: a name of the table in
 * docs/notifications.md, or a path within what has no fixed shape.
 *
 * @param path what is below the root, if that has no fixed shape
 */
record TemplateVariable(Function<Message, JsonNode> root, List<String> path) {

  private static final JsonNode NONE = JsonNodeFactory.instance.nullNode();
  private static final int LONGEST_OUTPUT = 16_384; // as for a webhook's
  private static final int LONGEST_NAME = 200;
  private static final Pattern PATH = Pattern.compile("(\\.[^.\\s{}\\[\\]'\"]+)*");
  private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,6}");

  private static final Map<String, Function<Message, JsonNode>> NAMES = names();
  private static final Map<String, Function<Message, JsonNode>> ROOTS = roots();

  private static final String KNOWN =
      "one of {{"
          + String.join("}}, {{", NAMES.keySet())
          + "}}, {{output}}, {{payload}}, {{approval.fields}} or {{message.facts}},"
          + " the last four with any path such as {{payload.run.id}}";

  private static Map<String, Function<Message, JsonNode>> names() {
    Map<String, Function<Message, JsonNode>> names = new LinkedHashMap<>();
    names.put("event", message -> text(message.event()));
    names.put("timestamp", message -> moment(message.at()));
    names.put("title", message -> text(message.notice().title()));
    names.put("text", message -> text(message.notice().text()));
    names.put("tone", message -> text(message.notice().tone().name().toLowerCase(Locale.ROOT)));
    names.put("link", message -> text(message.notice().link()));
    names.put("job.id", execution(run -> text(run.jobId())));
    names.put("job.name", execution(run -> text(run.jobName())));
    names.put("execution.id", execution(run -> text(run.executionId())));
    names.put("execution.status", execution(run -> text(run.status())));
    names.put("execution.status_code", execution(run -> number(run.statusCode())));
    names.put("execution.error_class", execution(run -> text(run.errorClass())));
    names.put("execution.body_preview", execution(run -> text(run.bodyPreview())));
    names.put("execution.attempt", execution(run -> number(run.run().attempt())));
    names.put("execution.retries_exhausted", execution(run -> flag(run.run().retriesExhausted())));
    names.put(
        "execution.trigger",
        execution(run -> text(run.run().trigger().name().toLowerCase(Locale.ROOT))));
    names.put("execution.scheduled_for", execution(run -> moment(run.run().scheduledFor())));
    names.put("monitor.id", monitor(monitor -> text(monitor.monitorId())));
    names.put("monitor.name", monitor(monitor -> text(monitor.name())));
    names.put(
        "monitor.expected_interval_sec",
        monitor(monitor -> number(monitor.expectedInterval().toSeconds())));
    names.put(
        "monitor.last_ping_at",
        monitor(monitor -> monitor.lastPingAt().map(TemplateVariable::moment).orElse(NONE)));
    names.put(
        "monitor.down_for_sec",
        monitor(monitor -> number(monitor.downFor().map(time -> time.toSeconds()))));
    names.put("digest.count", of(DigestSubject.class, digest -> number(digest.count())));
    names.put("digest.items", of(DigestSubject.class, digest -> items(digest.items())));
    names.put("approval.step", approval(asked -> text(asked.step())));
    names.put("approval.title", approval(asked -> text(asked.title())));
    names.put("approval.text", approval(asked -> text(asked.text())));
    names.put("approval.approver", approval(asked -> text(asked.approver())));
    names.put("approval.review_url", approval(asked -> text(asked.reviewUrl())));
    names.put("approval.expires_at", approval(asked -> moment(asked.expiresAt())));
    names.put("approval.job_id", approval(asked -> text(asked.run().jobId())));
    names.put("approval.job_name", approval(asked -> text(asked.run().jobName())));
    names.put("approval.execution_id", approval(asked -> text(asked.run().executionId())));
    names.put("message.job_id", note(note -> text(note.run().jobId())));
    names.put("message.job_name", note(note -> text(note.run().jobName())));
    names.put("message.execution_id", note(note -> text(note.run().executionId())));
    return names;
  }

  private static Map<String, Function<Message, JsonNode>> roots() {
    return Map.of(
        "approval.fields",
        approval(asked -> object(asked.fields())),
        "message.facts",
        note(note -> object(note.facts())),
        "output",
        execution(
            run ->
                run.output()
                    .filter(text -> text.length() <= LONGEST_OUTPUT)
                    .map(TemplateVariable::json)
                    .orElse(NONE)),
        "payload",
        of(HostSubject.class, event -> json(event.payload())));
  }

  /** Parses a text; see {@link TemplateText#parse}. */
  static TemplateText<TemplateVariable> parse(String field, String text, Problems problems) {
    return TemplateText.parse(field, text, TemplateVariable::named, KNOWN, problems);
  }

  /** All names that are no path. */
  static List<String> fixedNames() {
    return List.copyOf(NAMES.keySet());
  }

  private static Optional<TemplateVariable> named(String name) {
    Function<Message, JsonNode> fixed = NAMES.get(name);
    if (fixed != null) {
      return Optional.of(new TemplateVariable(fixed, List.of()));
    }
    return ROOTS.entrySet().stream()
        .filter(open -> (name + ".").startsWith(open.getKey() + "."))
        .findFirst()
        .flatMap(open -> below(open.getValue(), name, name.substring(open.getKey().length())));
  }

  private static Optional<TemplateVariable> below(
      Function<Message, JsonNode> root, String name, String path) {
    return name.length() > LONGEST_NAME || !PATH.matcher(path).matches()
        ? Optional.empty()
        : Optional.of(
            new TemplateVariable(
                root, path.isEmpty() ? List.of() : List.of(path.substring(1).split("\\."))));
  }

  /** The value; JSON's {@code null} where there is none. */
  JsonNode value(Message message) {
    JsonNode node = root.apply(message);
    for (String step : path) {
      node = child(node, step).orElse(NONE);
    }
    return JsonText.isDeeperThan(JsonText.DEEPEST, node) ? NONE : node;
  }

  /** The value as text; empty where there is none. */
  String textValue(Message message) {
    JsonNode value = value(message);
    if (value.isNull()) {
      return "";
    }
    return value.isString() ? value.stringValue() : JsonText.write(value);
  }

  private static Optional<JsonNode> child(JsonNode parent, String step) {
    if (parent.isArray()) {
      return INDEX.matcher(step).matches()
          ? parent.optional(Integer.parseInt(step))
          : Optional.empty();
    }
    return parent.optional(step);
  }

  private static Function<Message, JsonNode> execution(Function<ExecutionSubject, JsonNode> part) {
    return of(ExecutionSubject.class, part);
  }

  private static Function<Message, JsonNode> monitor(Function<MonitorSubject, JsonNode> part) {
    return of(MonitorSubject.class, part);
  }

  private static Function<Message, JsonNode> approval(Function<ApprovalSubject, JsonNode> part) {
    return of(ApprovalSubject.class, part);
  }

  private static Function<Message, JsonNode> note(Function<NoteSubject, JsonNode> part) {
    return of(NoteSubject.class, part);
  }

  private static <S extends Subject> Function<Message, JsonNode> of(
      Class<S> type, Function<S, JsonNode> part) {
    return message ->
        type.isInstance(message.subject()) ? part.apply(type.cast(message.subject())) : NONE;
  }

  private static JsonNode items(List<Message> messages) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    messages.forEach(
        message ->
            items
                .addObject()
                .put("event", message.event())
                .put("timestamp", Timestamps.millis(message.at()))
                .put("title", message.notice().title()));
    return items;
  }

  private static JsonNode object(Map<String, String> values) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    values.forEach(object::put);
    return object;
  }

  private static JsonNode json(String text) {
    try {
      return JsonText.read(text);
    } catch (JacksonException e) { // not a JSON text after all
      return NONE;
    }
  }

  private static JsonNode text(Optional<?> value) {
    return value.map(TemplateVariable::text).orElse(NONE);
  }

  private static JsonNode text(Object value) {
    return JsonNodeFactory.instance.stringNode(value.toString());
  }

  private static JsonNode number(Optional<? extends Number> value) {
    return value.map(number -> number(number.longValue())).orElse(NONE);
  }

  private static JsonNode number(long value) {
    return JsonNodeFactory.instance.numberNode(value);
  }

  private static JsonNode flag(boolean value) {
    return JsonNodeFactory.instance.booleanNode(value);
  }

  private static JsonNode moment(Instant at) {
    return text(Timestamps.millis(at));
  }
}
