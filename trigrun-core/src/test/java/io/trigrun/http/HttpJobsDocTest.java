package io.trigrun.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code in {@code docs/http-jobs.md}, compiled and run. */
class HttpJobsDocTest {
  private static final Path PAGE = Path.of("../docs/http-jobs.md");
  private static final Path THIS = Path.of("src/test/java/io/trigrun/http/HttpJobsDocTest.java");

  @Test
  void the_code_runs() {
    UUID executionId = new UUID(1, 2);
    Instant scheduledFor = Instant.EPOCH;
    Clock clock = Clock.fixed(scheduledFor, ZoneOffset.UTC);

    HttpAction action =
        HttpAction.post("https://api.example.com/invoices?run={{execution_id}}")
            .header("Idempotency-Key", "{{uuid}}")
            .jsonBody("{\"due\": \"{{timestamp}}\", \"send\": true}")
            .timeout(Duration.ofSeconds(60))
            .successStatuses(200, 202)
            .expect(
                ResponseCheck.jsonEquals("/status", "accepted"),
                ResponseCheck.bodyLacks("deprecated"))
            .output("invoice", "/invoice/id")
            .output("etag", "header:ETag")
            .build();

    String json = HttpActionJson.toJson(action);
    HttpAction same = HttpActionJson.fromJson(json);
    assertThat(same).isEqualTo(action);

    TracingHeaders tracing = new TracingHeaders("X-Cron-Service-");

    HttpAction probe =
        HttpAction.get("https://api.example.com/health")
            .expect(
                ResponseCheck.json(
                    "$.queue.depth", JsonCheck.Operator.LESS, new BigDecimal("1000")),
                ResponseCheck.headerContains("Content-Type", "json"),
                ResponseCheck.bodyMatches("\"version\": ?\"2\\.\\d+"))
            .build();

    HttpTransport transport =
        HttpTransport.jdkBuilder().connectTimeout(Duration.ofSeconds(5)).threads(8).build();
    transport.close();

    HttpTransport fake =
        call ->
            CompletableFuture.completedFuture(
                new HttpReply(200, Map.of(), "{}".getBytes(UTF_8), false, Duration.ofMillis(3)));

    RunStamp run = RunStamp.of("job-1", executionId, scheduledFor, 1);
    HttpCall call = RequestTemplate.of(probe).render(run, tracing, SecretLookup.none());
    Verdict verdict =
        fake.send(call)
            .handle(
                (reply, failure) ->
                    failure == null
                        ? ResponseJudge.judge(probe, reply, clock.instant())
                        : ResponseJudge.judge(failure))
            .join();
    assertThat(verdict.message())
        .contains("JSON field $.queue.depth: expected less than 1000, got no such field");
  }

  @Test
  void the_page_shows_this_code_and_readable_json() throws IOException {
    String source = squeezed(Files.readString(THIS));
    List<String> shown = blocks("java");
    assertThat(shown).hasSizeGreaterThan(5);
    assertThat(shown).allSatisfy(block -> assertThat(source).contains(squeezed(block)));
    assertThat(blocks("json"))
        .isNotEmpty()
        .allSatisfy(block -> assertThat(HttpActionJson.fromJson(block).checks()).isNotEmpty());
  }

  private static List<String> blocks(String language) throws IOException {
    Matcher fence =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    List<String> blocks = new ArrayList<>();
    while (fence.find()) {
      blocks.add(fence.group(1));
    }
    return blocks;
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
  }
}
