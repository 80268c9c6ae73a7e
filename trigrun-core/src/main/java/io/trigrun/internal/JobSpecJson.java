package io.trigrun.internal;

import io.trigrun.BackoffPolicy;
import io.trigrun.HandlerCall;
import io.trigrun.JobAction;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.Labels;
import io.trigrun.Priority;
import io.trigrun.RetryPolicy;
import io.trigrun.command.CommandAction;
import io.trigrun.command.CommandActionJson;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpActionJson;
import io.trigrun.schedule.OverlapPolicy;
import io.trigrun.spi.ExtensionAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a job does and when, as JSON, in the platform's shape. */
final class JobSpecJson {

  private JobSpecJson() {}

  static ObjectNode write(JsonMapper mapper, JobSpec spec) {
    ObjectNode node = mapper.createObjectNode();
    node.put("kind", spec.schedule().kind().jsonName());
    node.set("schedule", ScheduleJson.write(mapper, spec.schedule()));
    node.set("missed_run_policy", ScheduleJson.write(mapper, spec.missed()));
    if (spec.overlap() != OverlapPolicy.QUEUE) {
      node.put("overlap_policy", spec.overlap().name().toLowerCase(Locale.ROOT));
    }
    if (spec.action() instanceof HttpAction http) {
      node.set("request", mapper.readTree(HttpActionJson.toJson(http)));
    } else if (spec.action() instanceof HandlerCall call) {
      node.put("handler", call.handler());
      // As text: a payload is the host's, down to the last zero of a number.
      node.put("payload", ((Json) call.payload()).text());
    } else if (spec.action() instanceof CommandAction command) {
      node.set("command", mapper.readTree(CommandActionJson.toJson(command)));
    } else if (spec.action() instanceof ExtensionAction action) {
      node.set("extension", write(mapper, action));
    }
    spec.retry().ifPresent(retry -> node.set("retry_policy", write(mapper, retry)));
    node.put("priority", spec.priority().name().toLowerCase(Locale.ROOT));
    spec.queue().ifPresent(queue -> node.put("queue", queue));
    node.put("max_concurrent_executions", spec.maxConcurrentExecutions());
    spec.rateLimit().ifPresent(limit -> node.set("rate_limit", RateLimitJson.write(mapper, limit)));
    JobTriggersJson.write(node, spec.triggers());
    CallbacksJson.write(node, spec.callbacks());
    if (!spec.labels().isEmpty()) {
      spec.labels().names().forEach(node.putArray("labels")::add);
    }
    return node;
  }

  /** Texts, like payloads: what they hold is for the extension alone. */
  private static ObjectNode write(JsonMapper mapper, ExtensionAction action) {
    ObjectNode node = mapper.createObjectNode();
    node.put("kind", action.kind());
    node.put("handler", action.handler());
    node.put("document", action.document());
    node.put("payload", action.payload());
    action.secretNames().stream().sorted().forEach(node.putArray("secrets")::add);
    return node;
  }

  private static ExtensionAction readExtension(JsonNode node) {
    Set<String> secrets = new TreeSet<>();
    node.get("secrets").forEach(name -> secrets.add(name.stringValue()));
    return new StoredAction(
        node.get("kind").stringValue(),
        node.get("handler").stringValue(),
        node.get("document").stringValue(),
        node.get("payload").stringValue(),
        secrets);
  }

  private static ObjectNode write(JsonMapper mapper, RetryPolicy retry) {
    ObjectNode node = mapper.createObjectNode();
    node.put("max_attempts", retry.maxAttempts());
    retry.retryOnStatuses().forEach(node.putArray("retry_on_statuses")::add);
    ObjectNode backoff = node.putObject("backoff");
    backoff.put("initial", retry.backoff().initial().toString());
    backoff.put("multiplier", retry.backoff().multiplier());
    backoff.put("max", retry.backoff().max().toString());
    backoff.put("jitter", retry.backoff().jitter());
    return node;
  }

  static JobSpec read(String name, JsonNode node) {
    JobSpec.Builder spec =
        JobSpec.named(name)
            .schedule(
                ScheduleJson.readSchedule(node.get("kind").stringValue(), node.get("schedule")))
            .missed(ScheduleJson.readMissed(node.get("missed_run_policy")))
            .action(action(node))
            .priority(Priority.valueOf(node.get("priority").stringValue().toUpperCase(Locale.ROOT)))
            .maxConcurrentExecutions(node.get("max_concurrent_executions").intValue())
            .triggers(JobTriggersJson.read(node))
            .callbacks(CallbacksJson.read(node));
    JsonNode overlap = node.get("overlap_policy");
    if (overlap != null) {
      spec.overlap(OverlapPolicy.valueOf(overlap.stringValue().toUpperCase(Locale.ROOT)));
    }
    JsonNode retry = node.get("retry_policy");
    if (retry != null) {
      spec.retry(retry(retry));
    }
    JsonNode queue = node.get("queue");
    if (queue != null) {
      spec.queue(queue.stringValue());
    }
    List<String> labels = new ArrayList<>();
    node.path("labels").forEach(label -> labels.add(label.stringValue()));
    spec.labels(Labels.of(labels));
    JsonNode rateLimit = node.get("rate_limit");
    if (rateLimit != null) {
      spec.rateLimit(RateLimitJson.read(rateLimit));
    }
    return spec.build();
  }

  private static JobAction action(JsonNode node) {
    @Nullable JsonNode extension = node.get("extension");
    if (extension != null) {
      return readExtension(extension);
    }
    @Nullable JsonNode command = node.get("command");
    if (command != null) {
      return CommandActionJson.fromJson(command.toString());
    }
    @Nullable JsonNode request = node.get("request");
    return request != null
        ? HttpActionJson.fromJson(request.toString())
        : new HandlerCall(
            node.get("handler").stringValue(), new Json(node.get("payload").stringValue()));
  }

  private static RetryPolicy retry(JsonNode node) {
    Set<Integer> statuses = new TreeSet<>();
    node.get("retry_on_statuses").forEach(status -> statuses.add(status.intValue()));
    JsonNode backoff = node.get("backoff");
    return new RetryPolicy(
        node.get("max_attempts").intValue(),
        statuses,
        new BackoffPolicy(
            Duration.parse(backoff.get("initial").stringValue()),
            backoff.get("multiplier").doubleValue(),
            Duration.parse(backoff.get("max").stringValue()),
            backoff.get("jitter").doubleValue()));
  }
}
