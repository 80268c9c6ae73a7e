package io.trigrun.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InboundResponseTest {

  @Test
  void an_error_is_json_whatever_its_message_says() {
    assertThat(InboundResponse.error(400, "bad", "a \"quote\"\n\\").bodyText())
        .isEqualTo(
            "{\"error\":{\"code\":\"bad\",\"message\":\"a \\\"quote\\\"\\n\\\\\",\"details\":[]}}");
  }

  @Test
  void a_wrong_method_is_told_the_right_ones() {
    InboundResponse response = InboundResponse.methodNotAllowed("GET", "HEAD");

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.header("allow")).contains("GET, HEAD");
  }

  @Test
  void who_comes_too_often_is_told_when_to_come_again() {
    assertThat(retryAfter(Duration.ZERO)).contains("1");
    assertThat(retryAfter(Duration.ofMillis(1_001))).contains("2");
    assertThat(retryAfter(Duration.ofSeconds(3))).contains("3");
  }

  @Test
  void no_header_can_smuggle_another() {
    InboundResponse response = InboundResponse.empty(204);

    for (String value : List.of("a\r\nSet-Cookie: b", "a\nb", "\u0000", "ä")) {
      assertThatThrownBy(() -> response.withHeader("Location", value))
          .isInstanceOf(ValidationException.class);
    }
    for (String name : List.of("", "a b", "a:b", "a\r\nb")) {
      assertThatThrownBy(() -> response.withHeader(name, "x"))
          .isInstanceOf(ValidationException.class);
    }
  }

  @Test
  void the_first_routes_that_know_a_path_answer() {
    InboundRoutes none = request -> Optional.empty();
    InboundRoutes one = request -> Optional.of(InboundResponse.empty(201));
    InboundRoutes other = request -> Optional.of(InboundResponse.empty(202));
    InboundRequest request = InboundRequest.of("GET", "/");

    assertThat(InboundRoutes.of(none, one, other).handle(request).orElseThrow().status())
        .isEqualTo(201);
    assertThat(InboundRoutes.of(none).handle(request)).isEmpty();
  }

  private static Optional<String> retryAfter(Duration wait) {
    return InboundResponse.tooManyRequests(wait).header("Retry-After");
  }
}
