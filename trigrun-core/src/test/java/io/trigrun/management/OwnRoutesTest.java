package io.trigrun.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.TrigRun;
import io.trigrun.contract.http.ManagementClient;
import io.trigrun.contract.http.Reply;
import io.trigrun.route.Answer;
import io.trigrun.route.Call;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Refusal;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.spi.Extension;
import io.trigrun.spi.StoreException;
import io.trigrun.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes of an extension, and what becomes of what they throw. */
class OwnRoutesTest {

  private static final String HALL = "{\"name\": \"hall\"}";
  private static final ObjectShape LAMP =
      Shape.object("Lamp", "A lamp").required("name", Shape.text("what it is called").length(1, 9));

  private final ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
  private Function<Call, Answer> action = call -> Answer.created(call.body());
  private TrigRun trigrun;
  private ManagementClient client;

  @BeforeEach
  void start() {
    trigrun = TrigRun.builder().clock(clock).extension(host -> lamps()).build();
    client = ManagementClient.of(trigrun);
  }

  @AfterEach
  void stop() {
    client.close();
    trigrun.close();
  }

  private Extension.Contribution lamps() {
    Route create =
        Route.post("/lamps", "create_lamp", "Creates a lamp")
            .takes(LAMP)
            .makes()
            .answers(201, LAMP)
            .to(call -> action.apply(call));
    return new Extension.Contribution(List.of(), List.of()).withRoutes(List.of(create));
  }

  @Test
  void an_extension_adds_routes_which_are_checked_and_documented_like_all_others() {
    assertThat(client.post("/lamps", "{\"name\": \"hall\"}").body())
        .isEqualTo("{\"name\":\"hall\"}");
    assertThat(client.post("/lamps", "{\"name\": \"\"}").at("/error/details/0/field"))
        .isEqualTo("/name");
  }

  @Test
  void an_answer_that_is_not_as_documented_is_noticed_by_the_client_of_tests() {
    action = call -> Answer.created(JsonObject.builder().put("nmae", "hall").build());
    assertThatThrownBy(() -> client.post("/lamps", HALL))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("nmae");
    action = call -> new Answer(203, Optional.empty(), Optional.empty(), false);
    assertThatThrownBy(() -> client.post("/lamps", HALL))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("203");
  }

  @Test
  void what_nobody_expected_is_a_500_without_a_word_and_a_store_that_is_away_a_503() {
    action =
        call -> {
          throw new IllegalStateException("tiger-42");
        };
    Reply broken = client.post("/lamps", HALL);
    assertThat(broken.code()).isEqualTo("internal_error");
    assertThat(broken.body()).doesNotContain("tiger");
    action =
        call -> {
          throw StoreException.unavailable("tiger-42", new IllegalStateException());
        };
    Reply away = client.post("/lamps", HALL);
    assertThat(away.code()).isEqualTo("unavailable");
    assertThat(away.header("Retry-After")).contains("5");
    assertThat(away.body()).doesNotContain("tiger");
  }

  @Test
  void a_key_of_which_nobody_knows_what_became_is_taken_for_a_minute() {
    action =
        call -> {
          throw new IllegalStateException("as if the process had died here");
        };
    assertThat(client.post("/lamps", HALL, "Idempotency-Key", "k").status()).isEqualTo(500);
    action = call -> Answer.created(call.body());

    Reply inUse = client.post("/lamps", HALL, "Idempotency-Key", "k");
    assertThat(inUse.code()).isEqualTo("idempotency_key_in_use");
    assertThat(inUse.header("Retry-After")).contains("60");
    assertThat(client.post("/lamps", "{\"name\": \"x\"}", "Idempotency-Key", "k").status())
        .isEqualTo(422);

    clock.advance(Duration.ofMinutes(1));
    assertThat(client.post("/lamps", HALL, "Idempotency-Key", "k").status()).isEqualTo(201);
    action =
        call -> {
          throw Refusal.notFound();
        };
    assertThat(client.post("/lamps", HALL, "Idempotency-Key", "k").status())
        .as("it is not asked again")
        .isEqualTo(201);
  }
}
