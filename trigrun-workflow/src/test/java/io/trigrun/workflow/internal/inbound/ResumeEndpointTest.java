package io.trigrun.workflow.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.workflow.internal.wait.Settlement;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResumeEndpointTest {

  private final Endpoints endpoints = new Endpoints();

  @Test
  void json_is_the_input_as_it_is() {
    InboundResponse answer =
        endpoints.postJson(endpoints.resume(), " {\"a\": 1.10, \"b\": [true, null, \"ä\"]} ");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bodyText()).isEqualTo("{\"status\":\"resumed\"}");
    assertThat(endpoints.desk.taken())
        .containsExactly("WEBHOOK {\"a\":1.10,\"b\":[true,null,\"ä\"]}");
  }

  @Test
  void text_and_forms_are_strings_and_nothing_is_null() {
    assertThat(input("text/plain; charset=utf-8", "say \"hi\"\n"))
        .isEqualTo("\"say \\\"hi\\\"\\n\"");
    assertThat(input("application/x-www-form-urlencoded", "a=1&b=%20")).isEqualTo("\"a=1&b=%20\"");
    assertThat(input("application/vnd.api+json", "[1]")).isEqualTo("[1]");
    assertThat(input("", "7")).isEqualTo("7");
    assertThat(input("", "")).isEqualTo("null");
  }

  @Test
  void a_callback_may_come_before_the_wait_and_twice() {
    endpoints.desk.view = Optional.empty();
    assertThat(endpoints.postJson(endpoints.resume(), "{}").status()).isEqualTo(200);

    endpoints.desk.settlement = new Settlement.Repeated(Optional.empty());
    assertThat(endpoints.postJson(endpoints.resume(), "{}").bodyText()).contains("already_resumed");
    endpoints.desk.settlement = new Settlement.Contradicted(Optional.empty());
    assertThat(endpoints.postJson(endpoints.resume(), "{}").status()).isEqualTo(409);
    endpoints.desk.settlement = new Settlement.Expired();
    assertThat(endpoints.postJson(endpoints.resume(), "{}").status()).isEqualTo(410);
    endpoints.desk.settlement = new Settlement.Gone();
    assertThat(endpoints.postJson(endpoints.resume(), "{}").bodyText()).contains("\"closed\"");
  }

  @Test
  void what_is_no_json_or_too_much_of_it_is_refused() {
    String deep = "[".repeat(65) + "]".repeat(65);
    String wide = "[" + "1,".repeat(100_000) + "1]";

    assertThat(refused("{secret").bodyText()).contains("line 1, column").doesNotContain("secret");
    assertThat(refused(deep).bodyText()).contains("64 levels");
    assertThat(refused(wide).bodyText()).contains("100,000 tokens");
    assertThat(refused("1" + "0".repeat(2_000)).bodyText()).contains("1,000 digits");
    assertThat(refused("{} {}").bodyText()).contains("expected JSON");
    assertThat(refused("1e9999999999").bodyText()).contains("an exponent beyond");
    assertThat(refused("\"\\ud800\"").bodyText()).contains("unpaired surrogate");
    assertThat(endpoints.desk.handedIn).isEmpty();
    assertThat(input("application/json", "[".repeat(64) + "]".repeat(64))).hasSize(128);
  }

  @Test
  void other_types_are_named_and_only_post_is_taken() {
    InboundResponse answer = endpoints.post(endpoints.resume(), "multipart/form-data", "x");
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.bodyText()).contains("application/json, text/plain");

    assertThat(endpoints.get(endpoints.resume()).header("Allow")).contains("POST");
    assertThat(endpoints.send(InboundRequest.of("PUT", endpoints.resume())).status())
        .isEqualTo(405);
    assertThat(endpoints.desk.handedIn).isEmpty();
  }

  @Test
  void what_is_longer_than_outputs_may_be_is_refused_before_it_counts() {
    String longest = "\"" + "x".repeat(256 * 1024 - 2) + "\"";
    InboundResponse answer =
        endpoints.postJson(endpoints.resume(), longest.replaceFirst("x", "xx"));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.bodyText()).contains("at most 262,144 characters of JSON, got 262,145");
    assertThat(endpoints.desk.handedIn).isEmpty();
    assertThat(input("application/json", longest)).isEqualTo(longest);
  }

  private String input(String type, String body) {
    assertThat(endpoints.post(endpoints.resume(), type, body).status()).isEqualTo(200);
    return endpoints.desk.taken().get(0).substring("WEBHOOK ".length());
  }

  private InboundResponse refused(String json) {
    InboundResponse answer = endpoints.postJson(endpoints.resume(), json);
    assertThat(answer.status()).isEqualTo(400);
    return answer;
  }
}
