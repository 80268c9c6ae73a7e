package io.trigrun.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.examples.server.Tour.Operation;
import io.trigrun.examples.server.Tour.Told;
import io.trigrun.route.AnyShape;
import io.trigrun.route.ChoiceShape;
import io.trigrun.route.FlagShape;
import io.trigrun.route.NullableShape;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.route.TextShape;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every operation of the document is asked for, with every body that it shows; each answer is one
 * that it says, and the first of each status is the one that it shows. Where answers have changed,
 * {@code -Dtrigrun.examples.write=true} writes them anew.
 */
class DocumentedExamplesTest {

  private static final String NOBODY = "019cf616-9100-7000-8000-4cdb31c23a2a";
  private static final String NONSENSE =
      "{\"kind\": \"manual\", \"type\": \"webhook\", \"nonsense\": 1}";

  private final WholeSurface surface = new WholeSurface();
  private final Tour tour = new Tour(surface);

  @AfterEach
  void close() {
    surface.close();
  }

  @Test
  void every_example_is_sent_and_every_answer_is_the_one_that_is_shown() throws IOException {
    secretsAndJobs();
    workflows();
    monitors();
    channels();
    people();
    ends();

    assertThat(tour.sent).as("bodies that are shown").isEqualTo(shownBodies());
    assertThat(statuses(tour.answers)).as("answers that are promised").isEqualTo(promised());
    AnswerFiles files = AnswerFiles.of(tour);
    if (Boolean.getBoolean("trigrun.examples.write")) {
      files.write();
    }
    assertThat(files.differences()).isEmpty();
  }

  private void secretsAndJobs() {
    tour.good(tour.example("create_secret", "token"));
    tour.good(tour.send("list_secrets", ""));
    tour.good(tour.send("get_secret", "", "api-token"));
    tour.good(tour.example("update_secret", "another_token", "api-token"));
    String job = tour.good(tour.example("create_job", "cron_job")).at("/id");
    tour.good(tour.example("create_job", "recurring_job"));
    tour.good(tour.example("create_job", "one_time_job"));
    surface.driver.runDue();
    String report = tour.good(tour.example("create_job", "handler_job")).at("/id");
    tour.good(tour.send("get_job", "", job));
    tour.good(tour.send("list_jobs", ""));
    tour.good(tour.example("update_job", "another_url", job));
    tour.good(tour.example("update_job", "another_schedule", job));
    tour.good(tour.send("pause_job", "", job));
    tour.good(tour.send("resume_job", "", job));
    String draft =
        "{\"name\": \"draft\", \"kind\": \"manual\", \"handler\": \"report\", \"state\": \"draft\"}";
    tour.good(tour.send("activate_job", "", tour.send("create_job", draft).at("/id")));
    tour.good(tour.example("import_jobs", "crontab"));
    String run = tour.good(tour.send("run_job_now", "", job)).at("/id");
    surface.driver.runDue();
    tour.good(tour.send("get_execution", "", run));
    tour.good(tour.send("list_executions", ""));
    tour.good(tour.send("replay_execution", "", run));
    surface.driver.runDue();
    String waiting = tour.good(tour.send("run_job_now", "", report)).at("/id");
    tour.good(tour.send("cancel_execution", "", waiting));
    assertThat(tour.send("cancel_execution", "", waiting).status()).isEqualTo(409);
    assertThat(tour.send("delete_secret", "", "api-token").status()).isEqualTo(409);
    assertThat(tour.example("create_job", "cron_job").status()).isEqualTo(409);
  }

  private void workflows() {
    String job = tour.good(tour.example("create_job", "workflow_job")).at("/id");
    surface.isOutsideAway = true;
    String run = tour.good(tour.send("run_job_now", "", job)).at("/id");
    surface.driver.runDue();
    surface.isOutsideAway = false;
    tour.good(tour.send("retry_execution", "", run));
    surface.driver.runDue();
    tour.good(tour.example("update_job_context", "cursor", job));
    tour.good(tour.send("get_job_context", "", job));
    Told onOrder = tour.good(tour.example("create_job", "webhook_trigger_job"));
    tour.good(tour.send("rotate_webhook_token", "", onOrder.at("/id")));
    Told waits =
        tour.good(
            tour.send(
                "create_job",
                "{\"name\": \"waits\", \"kind\": \"workflow\","
                    + " \"steps\": [{\"id\": \"w\", \"type\": \"wait_for_webhook\"}]}"));
    String parked = tour.send("run_job_now", "", waits.at("/id")).at("/id");
    surface.driver.runDue();
    String resume = tour.send("get_execution", "", parked).at("/waiting_payload/resume_url");
    tour.good(tour.send("resume", "{\"paid\": true}", token(resume)));
    assertThat(tour.send("resume", "{\"paid\": false}", token(resume)).status()).isEqualTo(409);
    JsonNode shown = tour.send("get_execution", "", run).body();
    assertThat(shown.at("/waiting_reason").asString()).as(shown.toString()).isEqualTo("approval");
    String review = token(shown.at("/waiting_payload/review_url").asString());
    String approve = token(shown.at("/waiting_payload/approve_url").asString());
    String reject = token(shown.at("/waiting_payload/reject_url").asString());
    tour.good(tour.send("review", "", review));
    tour.good(tour.send("review_approval", "", approve));
    tour.good(tour.send("review_rejection", "", reject));
    tour.good(tour.send("approve", "{\"comment\": \"fine\"}", approve));
    assertThat(tour.send("reject", "{}", reject).status()).isEqualTo(409);
    surface.driver.runDue();
  }

  /** Somebody else's no. */
  private void people() {
    Told asks =
        tour.send(
            "create_job",
            "{\"name\": \"asks\", \"kind\": \"workflow\","
                + " \"steps\": [{\"id\": \"a\", \"type\": \"approval\"}]}");
    String run = tour.send("run_job_now", "", asks.at("/id")).at("/id");
    surface.driver.runDue();
    String reject = tour.send("get_execution", "", run).at("/waiting_payload/reject_url");
    tour.good(tour.send("reject", "", token(reject)));
    Told triggered =
        tour.send(
            "create_job",
            "{\"name\": \"triggered\", \"kind\": \"webhook_trigger\", \"steps\":"
                + " [{\"id\": \"s\", \"type\": \"stop\"}]}");
    tour.good(tour.send("trigger", "{\"order\": 7}", triggered.at("/webhook_token")));
  }

  /** What stands between the last two slashes of a link, or after the last. */
  private static String token(String url) {
    return url.replaceFirst(".*/(resume|approvals)/", "").replaceFirst("/.*", "");
  }

  private void monitors() {
    Told created = tour.good(tour.example("create_monitor", "backup"));
    String id = created.at("/id");
    String url = created.at("/ping_url");
    String token = url.substring(url.lastIndexOf('/') + 1);
    tour.good(tour.send("ping", "", token));
    tour.good(tour.send("ping_by_get", "", token));
    tour.good(tour.send("get_monitor", "", id));
    tour.good(tour.send("list_monitors", ""));
    tour.good(tour.send("list_pings", "", id));
    tour.good(tour.example("update_monitor", "more_patience", id));
    tour.good(tour.send("pause_monitor", "", id));
    tour.good(tour.send("resume_monitor", "", id));
    tour.good(tour.send("rotate_monitor_token", "", id));
    tour.good(tour.send("delete_monitor", "", id));
  }

  private void channels() {
    String channel = tour.good(tour.example("create_channel", "webhook")).at("/id");
    tour.good(tour.example("create_channel", "slack"));
    tour.good(tour.send("get_channel", "", channel));
    tour.good(tour.send("list_channels", ""));
    tour.good(tour.example("update_channel", "another_name", channel));
    tour.good(tour.send("test_channel", "", channel));
    tour.good(tour.send("enable_channel", "", channel));
    Told job =
        tour.send(
            "create_job",
            "{\"name\": \"sync\", \"kind\": \"manual\", \"request\": {\"url\": \"https://example.com/\"}, \"retry_policy\": {\"max_attempts\": 1}}");
    Told monitor =
        tour.send("create_monitor", "{\"name\": \"api\", \"expected_interval_sec\": 60}");
    rules("job", channel, job.at("/id"));
    rules("monitor", channel, monitor.at("/id"));
    rules("common", channel);
    tour.example("add_job_rule", "failures", Map.of("channel_id", channel), job.at("/id"));
    surface.isOutsideAway = true;
    String run = tour.send("run_job_now", "", job.at("/id")).at("/id");
    surface.driver.advance(Duration.ofDays(2));
    surface.isOutsideAway = false;
    tour.good(tour.send("list_notifications", "", run));
    String delivery = tour.good(tour.send("list_deliveries", "")).at("/items/0/id");
    tour.good(tour.send("get_delivery", "", delivery));
    tour.good(tour.send("retry_delivery", "", delivery));
    surface.driver.runDue();
    tour.good(tour.send("delete_channel", "", channel));
  }

  private void rules(String of, String channel, String... owner) {
    Map<String, String> ids = Map.of("channel_id", channel);
    String rule = tour.good(tour.example("add_" + of + "_rule", "failures", ids, owner)).at("/id");
    tour.good(tour.example("add_" + of + "_rule", "failures", ids, owner));
    tour.good(tour.send("list_" + of + "_rules", "", owner));
    String[] path = owner.length == 0 ? new String[] {rule} : new String[] {owner[0], rule};
    tour.good(tour.send("get_" + of + "_rule", "", path));
    tour.good(tour.send("remove_" + of + "_rule", "", path));
  }

  private void ends() {
    String job =
        tour.as(WholeSurface.WRITER, "list_jobs", "?name=nightly-sync", "").at("/items/0/id");
    tour.good(tour.send("delete_job", "", job));
    tour.good(tour.send("delete_secret", "", "api-token"));
  }

  private SortedSet<String> shownBodies() {
    return tour.operations.values().stream()
        .flatMap(each -> each.requests().keySet().stream().map(body -> each.name() + " " + body))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, SortedSet<Integer>> statuses(
      Map<String, SortedMap<Integer, JsonNode>> answers) {
    Map<String, SortedSet<Integer>> good = new TreeMap<>();
    answers.forEach(
        (name, byStatus) -> good.put(name, new TreeSet<>(byStatus.headMap(300).keySet())));
    return good;
  }

  private Map<String, SortedSet<Integer>> promised() {
    Map<String, SortedSet<Integer>> promised = new TreeMap<>();
    tour.operations.forEach(
        (name, operation) ->
            promised.put(
                name,
                operation.said().path("responses").propertyNames().stream()
                    .map(Integer::valueOf)
                    .filter(status -> status < 300)
                    .collect(Collectors.toCollection(TreeSet::new))));
    return promised;
  }

  @Test
  void a_body_is_shown_wherever_there_has_to_be_one() {
    assertThat(tour.operations.values())
        .filteredOn(each -> each.said().at("/requestBody/required").asBoolean(false))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.requests()).as(each.name()).isNotEmpty());
  }

  @Test
  void every_operation_answers_common_mistakes_as_it_says() {
    for (Operation each : tour.operations.values()) {
      String[] nobody = {NOBODY, NOBODY};
      if (each.isPublic()) {
        assertThat(tour.send(each.name(), "", nobody).status()).isIn(200, 404);
        continue;
      }
      String body = each.requests().values().stream().map(Object::toString).findFirst().orElse("");
      if (each.hasParameter("path")) {
        assertThat(tour.send(each.name(), body, nobody).status()).as(each.name()).isEqualTo(404);
      }
      assertThat(tour.as("nobody", each.name(), "", body, nobody).status()).isIn(401, 429);
      boolean isRead = each.method().equals("GET");
      Told read = tour.as(WholeSurface.READER, each.name(), "", body, nobody);
      assertThat(read.status()).isEqualTo(isRead ? each.hasParameter("path") ? 404 : 200 : 403);
      Told asked = tour.as(WholeSurface.WRITER, each.name(), "?nonsense=1", body, nobody);
      assertThat(asked.at("/error/code")).as(each.name()).isEqualTo("validation_failed");
      if (!isRead) {
        Told wrong = tour.as(WholeSurface.WRITER, each.name(), "", NONSENSE, nobody);
        assertThat(wrong.body().at("/error/details").valueStream())
            .as(each.name())
            .extracting(detail -> detail.path("field").asString())
            .contains("/nonsense");
      }
    }
  }

  @Test
  void every_wrong_field_of_a_body_is_told_at_once_and_by_its_name() {
    for (Route route : surface.trigrun.host().routes()) {
      Shape body = route.body().orElseGet(() -> Shape.any("none"));
      String word = "";
      if (body instanceof ChoiceShape choice) {
        word = choice.cases().keySet().iterator().next();
        body = choice.cases().get(word);
      }
      if (body instanceof ObjectShape object) {
        check(route, object, word);
      }
    }
  }

  private void check(Route route, ObjectShape shape, String word) {
    ObjectNode wrong = JsonMapper.shared().createObjectNode().put("nonsense", 1);
    for (ObjectShape.Field field : shape.fields()) {
      Shape given =
          field.shape() instanceof NullableShape nullable ? nullable.shape() : field.shape();
      if (given instanceof TextShape text && text.words().contains(word)) {
        wrong.put(field.name(), word);
      } else if (given instanceof FlagShape) {
        wrong.put(field.name(), "true");
      } else if (!(given instanceof AnyShape)) {
        wrong.put(field.name(), true);
      }
    }
    Told told = tour.as(WholeSurface.WRITER, route.name(), "", wrong.toString(), NOBODY, NOBODY);
    assertThat(told.body().at("/error/details").valueStream())
        .as(route.name())
        .extracting(detail -> detail.path("field").asString().substring(1))
        .containsExactlyInAnyOrderElementsOf(
            wrong.propertyNames().stream()
                .filter(name -> !wrong.path(name).asString().equals(word) || word.isEmpty())
                .toList());
  }
}
