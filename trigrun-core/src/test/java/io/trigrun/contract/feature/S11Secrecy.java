package io.trigrun.contract.feature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.trigrun.BackoffPolicy;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpTransport;
import io.trigrun.http.ResponseCheck;
import io.trigrun.secret.Ciphertext;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import io.trigrun.secret.SecretContext;
import io.trigrun.spi.DefinitionQuery;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/**
 * S11: looks for a secret wherever anything is logged, shown or kept, while targets and transports
 * say back what they were sent.
 */
@Timeout(120)
public abstract class S11Secrecy extends FeatureTest {

  private static final String SECRET = "t1ger+/4\"2&zoo%40";
  private static final String BASIC = base64("scott:l1on-in-the-dark");
  private static final String KEY = KeyRing.generateKey();

  /** All that must not be found, in every form that the targets below make of it. */
  private static final List<String> HIDDEN =
      List.of(
          SECRET,
          URLEncoder.encode(SECRET, UTF_8),
          SECRET.replace("\"", "\\\"").replace("/", "\\/"),
          SECRET.replace("&", "&amp;").replace("\"", "&quot;"),
          base64(SECRET).substring(0, 20),
          base64("x" + SECRET + "x").substring(4, 20),
          // half of it, as a cut would leave it
          SECRET.substring(0, 8),
          BASIC,
          "l1on-in-the-dark",
          KEY,
          KEY.substring(0, 12));

  private static final RetryPolicy TWICE =
      RetryPolicy.attempts(2).withBackoff(BackoffPolicy.fixed(Duration.ofMinutes(1)));

  private final Queue<Object> shown = new ConcurrentLinkedQueue<>();
  private Target target;

  @BeforeEach
  void openTarget() {
    target = closing(new Target());
  }

  private TrigRun node(TrigRunBuilder builder) {
    SecretCipher cipher = SecretCipher.aesGcm(KeyRing.of("k1", KEY));
    shown.add(cipher);
    shown.add(KeyRing.of("k1", KEY));
    return open(builder.secrets(cipher).listener(shown::add));
  }

  private HttpAction.Builder call(String path) {
    return HttpAction.post(target.url(path))
        .body("{}")
        .header("X-Key", "key=secret://tiger;")
        .header("Authorization", "Basic secret://lion");
  }

  private void run(TrigRun trigrun, String name, HttpAction action) {
    JobSpec spec = JobSpec.named(name).action(action).retry(TWICE).build();
    Job job = trigrun.jobs().create(spec);
    Execution run = trigrun.jobs().runNow(job.id());
    driver(trigrun).advance(Duration.ofMinutes(5));
    Execution ended = get(trigrun, run.id());
    assertThat(ended.state().isFinal()).as(name).isTrue();
    shown.addAll(List.of(spec, action, job, run, ended));
    shown.addAll(trigrun.executions().attempts(run.id()));
    ended.output().ifPresent(shown::add);
    ended.failure().ifPresent(shown::add);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String echo() {
    return "you sent "
        + String.join(" and ", HIDDEN.subList(0, 4))
        + " and "
        + base64(SECRET)
        + " and "
        + base64("x" + SECRET + "x")
        + " as scott:l1on-in-the-dark, "
        + BASIC
        + ".";
  }

  @Test
  void a_secret_is_seen_nowhere_but_in_the_request() {
    runLive("warm"); // so that its loggers exist
    String log;
    try (LogCapture capture = new LogCapture()) {
      TrigRun trigrun = node(manual());
      shown.add(trigrun.secrets().create("tiger", SECRET));
      shown.add(trigrun.secrets().save("lion", BASIC));
      echoes(trigrun);
      run(node(manual(chatty()).node("chatty")), "chatty", call("/").build());
      run(open(manual().node("broken").secrets(broken())), "broken", call("/").build());
      runLive("live");
      refusals(trigrun);
      shown.add(trigrun.reencryptSecrets());
      log = capture.text();
      if (capture.isComplete()) {
        assertThat(log)
            .as("what was to be looked through")
            .contains("The cipher failed to decrypt secret tiger", "Attempt 1 of execution");
      }
    }

    assertThat(target.requests())
        .hasSizeGreaterThan(8)
        .allSatisfy(
            request -> {
              assertThat(request.header("X-Key")).isEqualTo("key=" + SECRET + ";");
              assertThat(request.header("Authorization")).isEqualTo("Basic " + BASIC);
            });
    assertThat(shown).hasSizeGreaterThan(50);
    assertThat(shown).allSatisfy(object -> hidesAll(String.valueOf(object)));
    hidesAll(log);
    stored().forEach(S11Secrecy::hidesAll);
  }

  private static void hidesAll(String text) {
    assertThat(text).doesNotContain(HIDDEN);
  }

  /** Targets that say everything back, in every part of an answer that is kept or quoted. */
  private void echoes(TrigRun trigrun) {
    String json =
        "{\"key\":\"%s\",\"deep\":[{\"%s\":\"%s\"}]}"
            .formatted(
                SECRET.replace("\"", "\\\""),
                BASIC,
                echo().replace("\\", "\\\\").replace("\"", "\\\""));
    target.answers(500, echo(), "ETag", SECRET, "X-Request-Id", BASIC).answers(400, echo());
    run(trigrun, "failing", call("/").build());

    target.answers(200, json, "Content-Type", "application/json", "ETag", "\"" + SECRET + "\"");
    run(
        trigrun,
        "output",
        call("/")
            .output("key", "/key")
            .output("deep", "/deep")
            .output("etag", "header:ETag")
            .output("body", "body")
            .build());

    for (ResponseCheck check :
        List.of(
            ResponseCheck.jsonEquals("/key", "other"),
            ResponseCheck.headerEquals("ETag", "other"),
            ResponseCheck.bodyEquals("other"),
            ResponseCheck.bodyMatches("^other$"))) {
      target.answers(200, json, "ETag", SECRET).answers(200, json, "ETag", SECRET);
      run(trigrun, "check " + shown.size(), call("/").expect(check).build());
    }
    // where a message or a preview is cut, a half of it must not stay
    for (int before = 55; before < 80; before += 4) {
      target.answers(200, "z".repeat(before) + SECRET).answers(200, "");
      run(trigrun, "cut at " + before, call("/").expect(ResponseCheck.bodyEquals("other")).build());
    }
    target.answers(200, "z".repeat(65_536 - 9) + SECRET + " and more");
    run(trigrun, "long", call("/").build());
    target.answers(200, "z".repeat((1 << 20) - 9) + SECRET + " and more");
    run(trigrun, "beyond", call("/").build());
    target.answers(302, "", "Location", "https://" + "l1on-in-the-dark" + "/?key=" + SECRET);
    run(trigrun, "redirect", call("/").successStatuses(200).build());
  }

  private HttpTransport chatty() {
    return call -> {
      shown.add(String.valueOf(MDC.getCopyOfContextMap()));
      shown.add(call);
      return CompletableFuture.failedFuture(
          new IOException("could not send " + call.headers() + " " + echo()));
    };
  }

  /** One that says what it should not. */
  private static SecretCipher broken() {
    return new SecretCipher() {
      @Override
      public Ciphertext encrypt(byte[] plaintext, SecretContext context) {
        throw new IllegalStateException("could not encrypt " + new String(plaintext, UTF_8));
      }

      @Override
      public byte[] decrypt(Ciphertext ciphertext, SecretContext context) {
        throw new IllegalStateException("could not decrypt " + SECRET);
      }

      @Override
      public String keyId() {
        return "k1";
      }
    };
  }

  /** With threads, and a handler that fails, which is logged. */
  private void runLive(String name) {
    TrigRun live =
        node(
            live(name, chatty())
                .handler(
                    "fail",
                    Json.class,
                    (payload, job) -> {
                      throw new IllegalStateException("on purpose");
                    }));
    live.start();
    JobSpec call = JobSpec.named(name).action(call("/").build()).retry(RetryPolicy.none()).build();
    JobSpec fail = JobSpec.named(name + " fail").handler("fail").retry(RetryPolicy.none()).build();
    for (JobSpec spec : List.of(call, fail)) {
      Execution run = live.jobs().runNow(live.jobs().create(spec).id());
      await(name, () -> stateOf(live, run.id()).isFinal());
      shown.addAll(live.executions().attempts(run.id()));
    }
    live.close();
  }

  /** What is refused is not repeated. */
  private void refusals(TrigRun trigrun) {
    List<Throwable> thrown = new ArrayList<>();
    thrown.add(catchThrowable(() -> trigrun.secrets().create("tiger", SECRET)));
    thrown.add(catchThrowable(() -> trigrun.secrets().create("no such/name", SECRET)));
    thrown.add(catchThrowable(() -> trigrun.secrets().replace("nobody", SECRET)));
    thrown.add(catchThrowable(() -> trigrun.secrets().save("long", SECRET.repeat(9_999))));
    thrown.add(catchThrowable(() -> trigrun.secrets().delete("tiger")));
    thrown.add(catchThrowable(() -> KeyRing.of("k1", KEY + KEY)));
    thrown.add(catchThrowable(() -> open(manual()).secrets().save("tiger", SECRET)));
    assertThat(thrown).doesNotContainNull();
    thrown.forEach(
        each -> {
          StringWriter trace = new StringWriter();
          each.printStackTrace(new PrintWriter(trace));
          shown.add(trace.toString());
        });
    shown.add(trigrun.secrets().save("broken", SECRET + "\n"));
    run(
        trigrun,
        "broken header",
        HttpAction.get(target.url("/")).header("X-Key", "secret://broken").build());
    shown.addAll(trigrun.secrets().list(10).items());
    shown.add(trigrun.secrets());
    shown.add(trigrun);
    shown.add(trigrun.jobs());
  }

  /** Everything that a store gives out. */
  private List<String> stored() {
    List<String> all = new ArrayList<>();
    for (String kind : List.of("secret", "job")) {
      store()
          .listDefinitions(
              new DefinitionQuery(
                  Optional.empty(),
                  kind,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  1_000))
          .items()
          .forEach(definition -> all.add(definition.toString()));
    }
    store()
        .listExecutions(ExecutionQuery.all(TrigRun.DEFAULT_WORKSPACE).limit(1_000))
        .items()
        .forEach(
            execution -> {
              all.add(execution.toString());
              store().attempts(execution.id()).forEach(attempt -> all.add(attempt.toString()));
            });
    assertThat(all).hasSizeGreaterThan(30);
    return all;
  }
}
