package io.trigrun.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.ValidationException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class InboundRequestTest {

  @Test
  void path_and_query_are_told_apart() {
    InboundRequest request = InboundRequest.of("get", "/a%2Fb/?x=1&y=%C3%A4+%2B&x=2&z");

    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.path()).isEqualTo("/a%2Fb/");
    assertThat(request.segments()).containsExactly("a/b", "");
    assertThat(request.query())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("x", List.of("1", "2"), "y", List.of("ä +"), "z", List.of("")));
    assertThat(request.queryValue("x")).contains("1");
    assertThat(request.queryValue("none")).isEmpty();
  }

  @Test
  void only_get_and_head_are_reads() {
    assertThat(List.of("GET", "HEAD", "head"))
        .allMatch(method -> InboundRequest.of(method, "/").isRead());
    assertThat(List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "GETS"))
        .noneMatch(method -> InboundRequest.of(method, "/").isRead());
  }

  @Test
  void header_names_are_found_in_any_case_and_their_values_are_joined() {
    InboundRequest request =
        InboundRequest.of("POST", "/")
            .withHeaders(Map.of("X-One", List.of("1"), "x-one", List.of("1")))
            .withHeader("content-type", "Application/JSON; charset=utf-8");

    assertThat(request.headers().get("X-ONE")).containsExactly("1", "1");
    assertThat(request.mediaType()).contains("application/json");
  }

  @Test
  void a_form_has_fields_and_no_other_body_has() {
    InboundRequest request =
        InboundRequest.of("POST", "/").withBody("a=1&b=%E2%82%AC".getBytes(UTF_8));

    assertThat(
            request.withHeader("Content-Type", "application/x-www-form-urlencoded").formValue("b"))
        .contains("€");
    assertThat(request.withHeader("Content-Type", "text/plain").form()).isEmpty();
    assertThat(request.form()).isEmpty();
  }

  @Test
  void a_query_of_many_fields_is_not_read_to_its_end() {
    String many = "a=1&".repeat(5_000);

    assertThat(InboundRequest.of("GET", "/?" + many).query().get("a")).hasSize(FormFields.MOST);
  }

  @Test
  void nothing_that_may_be_a_token_is_shown() {
    InboundRequest request =
        InboundRequest.of("POST", "/wt1.secret?t=secret")
            .withHeader("Authorization", "secret")
            .withBody("secret".getBytes(UTF_8));

    assertThat(request).asString().doesNotContain("secret");
    assertThatThrownBy(() -> InboundRequest.of("GET", "secret"))
        .isInstanceOf(ValidationException.class)
        .hasMessageNotContaining("secret");
  }

  @Property
  void any_text_is_decoded_to_something(@ForAll String text) {
    assertThat(InboundRequest.of("GET", "/" + text.replace("?", "")).segments()).isNotEmpty();
    assertThat(PercentCode.decoded(percentEncoded(text))).isEqualTo(utf8(text));
  }

  @Test
  void a_stray_percent_sign_stays() {
    assertThat(PercentCode.decoded("100% %zz %4 %41%")).isEqualTo("100% %zz %4 A%");
  }

  @Test
  void the_client_behind_proxies_is_who_the_outermost_of_them_saw() {
    InboundRequest request =
        InboundRequest.of("GET", "/")
            .withRemoteAddress("10.0.0.1")
            .withHeader("X-Forwarded-For", "6.6.6.6, 198.51.100.7, 10.0.0.2");

    assertThat(addressBehind(1, request)).isEqualTo("10.0.0.2");
    assertThat(addressBehind(2, request)).isEqualTo("198.51.100.7");
    assertThat(addressBehind(4, request)).isEqualTo("10.0.0.1");
    assertThat(addressBehind(1, request.withHeader("X-Forwarded-For", " "))).isEqualTo("10.0.0.1");
  }

  private static String addressBehind(int proxies, InboundRequest request) {
    InboundRoutes echo = one -> one.remoteAddress().map(text -> InboundResponse.json(200, text));
    return InboundRoutes.behindProxies(proxies, echo).handle(request).orElseThrow().bodyText();
  }

  private static String utf8(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }

  private static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte one : text.getBytes(UTF_8)) {
      encoded.append('%').append("%02x".formatted(one));
    }
    return encoded.toString();
  }
}
