package io.trigrun.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobAction;
import io.trigrun.JobSpec;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.contract.http.ManagementClient;
import io.trigrun.contract.http.Reply;
import io.trigrun.handler.Outcome;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.route.Call;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import io.trigrun.spi.ExecutionPart;
import io.trigrun.spi.Extension;
import io.trigrun.spi.ExtensionAction;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.JobKind;
import io.trigrun.testing.ManualClock;
import io.trigrun.testing.TrigRunDriver;
import io.trigrun.validation.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kinds of job of an extension, and what it tells of executions. */
class OwnKindsTest {

  private static final String SHOW =
      "{\"name\": \"show\", \"kind\": \"light_show\", \"schedule\": {\"cron\": \"0 20 * * *\"},"
          + " \"scenes\": [\"dawn\", \"dusk\"], \"light_secret\": \"tiger-42\"}";

  private record LightShow(String document) implements ExtensionAction {
    @Override
    public String kind() {
      return "light_show";
    }

    @Override
    public String handler() {
      return "lights";
    }

    @Override
    public String payload() {
      return "{}";
    }
  }

  /** Shows scenes; whoever knows its secret. */
  private static final class LightShows implements JobKind {

    private final Map<UUID, String> secrets = new HashMap<>();

    @Override
    public String name() {
      return "light_show";
    }

    @Override
    public ObjectShape settings() {
      return Shape.object("LightShowSettings", "")
          .required("scenes", Shape.list("what is shown", Shape.text("a scene").length(1, 9)))
          .optional("light_secret", Shape.text("who may").secret());
    }

    @Override
    public ObjectShape facts() {
      return Shape.object("LightShowFacts", "")
          .required("light_secret_configured", Shape.flag("whether there is one"));
    }

    @Override
    public ObjectShape shownOnce() {
      return Shape.object("LightShowToken", "").required("light_token", Shape.text("once"));
    }

    @Override
    public JobAction action(JsonObject settings) {
      List<String> scenes = settings.texts("scenes");
      Problems.require(!scenes.contains("night"), "/scenes/0", "light", "night");
      return new LightShow(JsonObject.builder().put("scenes", scenes).build().json());
    }

    @Override
    public JsonObject settings(Job job) {
      ExtensionAction action = (ExtensionAction) job.spec().action();
      return JsonObject.parse(action.document().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public Map<UUID, JsonObject> facts(Call call, List<Job> jobs) {
      Map<UUID, JsonObject> facts = new HashMap<>();
      jobs.forEach(
          job ->
              facts.put(
                  job.id(),
                  JsonObject.builder()
                      .put("light_secret_configured", secrets.containsKey(job.id()))
                      .build()));
      return facts;
    }

    @Override
    public Created create(Call call, JobSpec spec, boolean isDraft, JsonObject body) {
      Job job = JobKind.super.create(call, spec, isDraft, body).job();
      body.text("light_secret").ifPresent(secret -> secrets.put(job.id(), secret));
      return new Created(job, JsonObject.builder().put("light_token", "lt_1").build());
    }

    @Override
    public Job update(Call call, Job job, JobSpec spec, JsonObject change) {
      change.text("light_secret").ifPresent(secret -> secrets.put(job.id(), secret));
      return JobKind.super.update(call, job, spec, change);
    }
  }

  private static final ExecutionPart SCENES =
      new ExecutionPart() {
        @Override
        public ObjectShape fields() {
          return Shape.object("Scenes", "").required("scenes_shown", Shape.whole("how many"));
        }

        @Override
        public JsonObject of(Call call, Execution execution) {
          JsonObject.Builder json = JsonObject.builder();
          if (execution.handler().equals("lights")) {
            json.put("scenes_shown", 2);
          }
          return json.build();
        }
      };

  private final ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
  private final InMemoryJobStore store = new InMemoryJobStore();
  private final LightShows shows = new LightShows();
  private TrigRun trigrun;
  private ManagementClient client;

  @BeforeEach
  void start() {
    trigrun = TrigRun.builder().store(store).clock(clock).extension(host -> lights()).build();
    client = ManagementClient.of(trigrun);
  }

  @AfterEach
  void stop() {
    client.close();
    trigrun.close();
  }

  private Extension.Contribution lights() {
    HandlerRegistration handler =
        new HandlerRegistration(
            "lights",
            "default",
            RetryPolicy.none(),
            context -> CompletableFuture.completedFuture(HandlerResult.of(Outcome.succeeded())));
    return new Extension.Contribution(List.of(handler), List.of())
        .withJobKinds(shows)
        .withExecutionPart(SCENES);
  }

  @Test
  void a_job_of_an_extension_is_created_shown_and_changed_like_all_others() {
    Reply created = client.post("/jobs", SHOW);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    assertThat(created.at("/kind")).isEqualTo("light_show");
    assertThat(created.at("/light_token")).isEqualTo("lt_1");
    assertThat(created.at("/light_secret_configured")).isEqualTo("true");
    assertThat(created.at("/next_run_at")).isEqualTo("2026-03-16T20:00:00.000Z");
    assertThat(created.body()).doesNotContain("tiger");
    String path = "/jobs/" + created.at("/id");
    Reply shown = client.get(path);
    assertThat(shown.json().path("scenes").toString()).isEqualTo("[\"dawn\",\"dusk\"]");
    assertThat(shown.json().has("light_token")).as("shown once").isFalse();
    Reply changed =
        client.patch(
            path, "{\"scenes\": [\"noon\"], \"light_secret\": \"lion\", \"priority\": \"high\"}");
    assertThat(changed.json().path("scenes").toString()).isEqualTo("[\"noon\"]");
    assertThat(changed.at("/schedule/cron")).isEqualTo("0 20 * * *");
    assertThat(shows.secrets).containsValue("lion");
    Reply apart = client.patch(path, "{\"schedule\": {\"every_n_minutes\": 5}}");
    assertThat(apart.json().path("schedule").toString()).isEqualTo("{\"every_n_minutes\":5}");
    assertThat(client.patch(path, "{\"schedule\": null}").json().path("schedule").toString())
        .isEqualTo("{}");
    assertThat(client.patch(path, "{\"kind\": \"manual\"}").at("/error/details/0/field"))
        .isEqualTo("/kind");
    assertThat(client.patch(path, "{\"request\": {\"url\": \"https://a.example.com\"}}").status())
        .as("no field of this kind")
        .isEqualTo(400);
  }

  @Test
  void what_is_wrong_with_it_is_told_along_with_all_else() {
    Reply refused =
        client.post(
            "/jobs",
            "{\"name\": \"show\", \"kind\": \"light_show\", \"scenes\": [\"night\"], \"x\": 1,"
                + " \"schedule\": {\"cron\": \"99 * * * *\", \"every_n_minutes\": 5}}");
    assertThat(refused.body()).contains("\"/x\"", "\"/scenes/0\"", "\"/schedule\"");
    assertThat(client.post("/jobs", SHOW.replace("scenes", "scene")).body())
        .contains("scenes maybe", "\"/scenes\"")
        .doesNotContain("tiger");
  }

  @Test
  void executions_tell_what_the_extension_knows_of_them() {
    String path = "/jobs/" + client.post("/jobs", SHOW).at("/id");
    Reply run = client.post(path + "/run-now", "");
    new TrigRunDriver(trigrun, clock).runDue();
    Reply shown = client.get("/executions/" + run.at("/id"));
    assertThat(shown.at("/status")).isEqualTo("succeeded");
    assertThat(shown.at("/scenes_shown")).isEqualTo("2");
  }

  @Test
  void a_server_without_the_extension_says_so() {
    String path = "/jobs/" + client.post("/jobs", SHOW).at("/id");
    try (TrigRun other = TrigRun.builder().store(store).clock(clock).build();
        ManagementClient there = ManagementClient.of(other)) {
      Reply refused = there.patch(path, "{\"priority\": \"high\"}");
      assertThat(refused.code()).isEqualTo("not_configured");
      assertThat(there.delete(path).status()).isEqualTo(204);
    }
  }
}
