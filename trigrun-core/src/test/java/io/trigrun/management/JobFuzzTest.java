package io.trigrun.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.TrigRun;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.route.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Jobs with something wrong anywhere in them are refused, and nothing worse. */
class JobFuzzTest {

  private static final JsonNode GOOD =
      JsonMapper.shared()
          .readTree(
              """
              {"name": "everything", "kind": "cron",
               "schedule": {"cron": "0 3 * * *", "timezone": "Europe/Zurich"},
               "request": {"url": "https://api.example.com/{{uuid}}", "method": "PUT",
                 "headers": {"X-A": "1"}, "body": {"a": [1]}, "timeout_seconds": 7,
                 "success_statuses": [200, 418],
                 "checks": [{"source": "json", "op": "equals", "path": "/n", "value": 1.5},
                   {"source": "body", "op": "matches", "value": "a+"},
                   {"source": "header", "op": "equals", "name": "ETag", "value": "a"},
                   {"source": "status", "op": "equals", "value": 200}],
                 "output": {"order": "/order/id"}},
               "retry_policy": {"max_attempts": 2, "retry_on_statuses": [500],
                 "backoff": {"initial": "1s", "multiplier": 1.5, "max": "1m", "jitter": 0.25}},
               "missed_run_policy": {"policy": "run_all", "bound": 5, "tolerance": "2m"},
               "overlap_policy": "skip", "priority": "high", "queue": "default",
               "max_concurrent_executions": 3, "rate_limit": {"limit": 10, "per_seconds": 0.5},
               "on_success": {"trigger_job": ["other"]},
               "on_success_url": "https://api.example.com/done",
               "callback_secret": "secret://api", "labels": ["eu"]}
              """);

  private static final List<String> ODD =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e400",
          "1e-400",
          "9223372036854775808",
          "2147483648",
          "0.1",
          "\"\"",
          "\"a\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"recurring\"",
          "\"scheduled\"",
          "\"one_time\"",
          "\"P9999999D\"",
          "\"PT0S\"",
          "\"-PT1S\"",
          "\"999999d\"",
          "\"2030-03-16T10:00:00Z\"",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "{\"\": 0}",
          "{\"run_at\": \"2030-03-16T10:00:00Z\"}",
          "{\"every_n_minutes\": 5}",
          "{\"interval\": \"1e9\"}",
          "\"" + "(a+)+".repeat(99) + "\"",
          "\"secret://a\"");

  private final Random random = new Random(4711);

  @Test
  void no_job_gets_an_answer_of_500_or_more() {
    try (TrigRun trigrun = TrigRun.builder().allowCommands().build()) {
      Management management =
          Management.routes(
              trigrun,
              request -> Optional.of(new Caller("x", "default", Role.WRITE)),
              "http://localhost");
      trigrun.jobs().create(JobSpec.named("other").handler("work").build());
      Job job = trigrun.jobs().create(JobSpec.named("changing").handler("work").build());
      for (int i = 0; i < 3_000; i++) {
        boolean isNew = random.nextBoolean();
        String body = odd(GOOD).toString();
        InboundRequest request =
            InboundRequest.of(isNew ? "POST" : "PATCH", isNew ? "/jobs" : "/jobs/" + job.id())
                .withHeader("Content-Type", "application/json")
                .withBody(body.getBytes(UTF_8));
        assertThat(management.handle(request).map(InboundResponse::status).orElse(404))
            .as("%s %s", request.method(), body)
            .isLessThan(500);
      }
    }
  }

  /** With one to three places that hold something else, are gone or are there in addition. */
  private JsonNode odd(JsonNode good) {
    ObjectNode odd = (ObjectNode) good.deepCopy();
    for (int i = random.nextInt(3); i >= 0; i--) {
      spoil(odd);
    }
    return odd;
  }

  private void spoil(ObjectNode node) {
    List<String> names = new ArrayList<>(node.propertyNames());
    String name = names.isEmpty() ? "a" : names.get(random.nextInt(names.size()));
    JsonNode value = node.path(name);
    if (value instanceof ObjectNode inner && random.nextInt(4) > 0) {
      spoil(inner);
    } else if (value instanceof ArrayNode array && !array.isEmpty() && random.nextInt(4) > 0) {
      if (array.get(0) instanceof ObjectNode inner) {
        spoil(inner);
      } else {
        array.set(0, value());
      }
    } else if (random.nextInt(5) == 0) {
      node.remove(name);
    } else if (random.nextInt(8) == 0) {
      node.set(random.nextBoolean() ? "command" : "handler", value());
    } else {
      node.set(name, value());
    }
  }

  private JsonNode value() {
    return JsonMapper.shared().readTree(ODD.get(random.nextInt(ODD.size())));
  }
}
