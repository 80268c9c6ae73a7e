package io.trigrun.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Redirects as RFC 9110 15.4 and RFC 3986 5 have them. */
class HopTest {

  private static Hop hop(HttpMethod method, String url) {
    return Hop.first(
        HttpCall.builder(method, URI.create(url))
            .followRedirects(true)
            .header("Content-Type", "text/plain")
            .header("Authorization", "a")
            .header("X-Api-Key", "k")
            .header("Idempotency-Key", "i")
            .header("X-Plain", "p")
            .secretHeader("X-Custom", "s")
            .body(new byte[] {1})
            .build());
  }

  private static Optional<Hop> next(Hop hop, int status, String location) {
    return hop.next(status, Optional.of(location), Set.of("X-Custom"));
  }

  @ParameterizedTest
  @CsvSource({
    "301, POST, GET",
    "302, POST, GET",
    "303, POST, GET",
    "307, POST, POST",
    "308, POST, POST",
    "301, PUT, PUT",
    "302, DELETE, DELETE",
    "303, PUT, GET",
    "308, PATCH, PATCH"
  })
  void the_status_decides_on_the_method(int status, HttpMethod from, HttpMethod to) {
    Hop next = next(hop(from, "http://a/x"), status, "/y").orElseThrow();
    assertThat(next.method()).isEqualTo(to);
    assertThat(next.body().isPresent()).isEqualTo(from == to);
    assertThat(next.headers().containsKey("content-type")).isEqualTo(from == to);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a/p/q?z=1, y, http://a/p/y",
    "http://a/p/q?z=1, /y, http://a/y",
    "http://a/p/q?z=1, ?k=2, http://a/p/q?k=2",
    "http://a, y, http://a/y",
    "http://a/p, //b/y, http://b/y",
    "http://a/p, https://b:8443/y#frag, https://b:8443/y"
  })
  void locations_are_resolved(String from, String location, String to) {
    assertThat(next(hop(HttpMethod.POST, from), 307, location).orElseThrow().uri()).hasToString(to);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a/, http://a/", "http://a/, ftp://a/", "http://a/, file:///etc/passwd",
    "http://a/, http://u:p@a/", "http://a/, http://a b/", "http://a/, http://2130706433/"
  })
  void some_locations_are_not_followed(String from, String location) {
    assertThat(next(hop(HttpMethod.POST, from), 307, location)).isEmpty();
  }

  @Test
  void credentials_stay_with_their_origin() {
    Hop from = hop(HttpMethod.POST, "http://a/x");
    assertThat(next(from, 307, "http://A:80/y").orElseThrow().headers())
        .containsOnlyKeys(
            "Authorization", "Content-Type", "Idempotency-Key", "X-Api-Key", "X-Custom", "X-Plain");
    for (String elsewhere : new String[] {"http://b/y", "http://a:81/y", "https://a/y"}) {
      assertThat(next(from, 307, elsewhere).orElseThrow().headers())
          .as(elsewhere)
          .containsOnlyKeys("Content-Type", "Idempotency-Key", "X-Plain");
    }
  }

  @Test
  void five_hops_are_the_most() {
    Hop hop = hop(HttpMethod.POST, "http://a/x");
    for (int i = 0; i < 5; i++) {
      hop = next(hop, 302, "/x").orElseThrow();
    }
    assertThat(next(hop, 302, "/x")).isEmpty();
    assertThat(next(hop(HttpMethod.POST, "http://a/x"), 304, "/x")).isEmpty();
    assertThat(hop(HttpMethod.POST, "http://a/x").next(302, Optional.empty(), Set.of())).isEmpty();
  }
}
