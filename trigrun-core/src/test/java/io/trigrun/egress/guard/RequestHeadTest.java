package io.trigrun.egress.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {

  private static RequestHead parse(String text) throws ProtocolException {
    return RequestHead.parse(text.replace("\n", "\r\n") + "\r\n\r\n");
  }

  @Test
  void a_tunnel_names_host_and_port() throws ProtocolException {
    RequestHead head =
        parse("CONNECT example.com:443 HTTP/1.1\nProxy-Authorization: TrigRun k.1\nUser-Agent: x");

    assertThat(head.tunnel()).isTrue();
    assertThat(head.url()).isEqualTo(URI.create("https://example.com:443"));
    assertThat(head.authorization()).isEqualTo("TrigRun k.1");
    assertThat(parse("CONNECT [2606:2800:220:1::1]:443 HTTP/1.1").url().getHost())
        .isEqualTo("[2606:2800:220:1::1]");
    assertThat(head.toString()).doesNotContain("k.1");
  }

  @Test
  void a_plain_request_is_passed_on_in_origin_form_without_what_is_for_the_proxy()
      throws ProtocolException {
    RequestHead head =
        parse(
            """
            POST http://example.com:8080/a%20b?c=d HTTP/1.1
            Host: evil.example
            X-A: 1
            Connection: keep-alive, X-A
            Proxy-Authorization: TrigRun k.1
            Upgrade: h2c
            Content-Length: 12\
            """);

    assertThat(head.tunnel()).isFalse();
    assertThat(head.bodyLength()).isEqualTo(12);
    assertThat(head.forwarded().replace("\r\n", "\n"))
        .isEqualTo(
            """
            POST /a%20b?c=d HTTP/1.1
            Host: example.com:8080
            Connection: close
            X-A: 1
            Content-Length: 12

            """);
    assertThat(parse("GET http://example.com HTTP/1.1").forwarded())
        .startsWith("GET / HTTP/1.1\r\nHost: example.com\r\n");
    assertThat(parse("GET http://example.com?q HTTP/1.1").forwarded()).startsWith("GET /?q HTTP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET / HTTP/1.1",
        "GET  http://a/ HTTP/1.1",
        "GET http://a/ HTTP/1.0",
        "GET http://a/ b HTTP/1.1",
        "GET https://a/ HTTP/1.1",
        "GET ftp://a/ HTTP/1.1",
        "GET http://u@a/ HTTP/1.1",
        "GET http://a/#f HTTP/1.1",
        "GET http:a HTTP/1.1",
        "G ET http://a/ HTTP/1.1",
        "CONNECT a HTTP/1.1",
        "CONNECT a:443/path HTTP/1.1",
        "CONNECT http://a:443 HTTP/1.1",
        "CONNECT u@a:443 HTTP/1.1",
        "CONNECT :443 HTTP/1.1",
        "GET http://a/ HTTP/1.1\nTransfer-Encoding: chunked",
        "GET http://a/ HTTP/1.1\nContent-Length: 1\nContent-Length: 2",
        "GET http://a/ HTTP/1.1\nContent-Length: -1",
        "GET http://a/ HTTP/1.1\nContent-Length: 1, 1",
        "GET http://a/ HTTP/1.1\nContent-Length: 99999999999999999999",
        "GET http://a/ HTTP/1.1\nContent-Length :1",
        "GET http://a/ HTTP/1.1\n folded: 1",
        "GET http://a/ HTTP/1.1\nno colon",
        "GET http://a/ HTTP/1.1\n: no name",
        "GET http://a/ HTTP/1.1\nProxy-Authorization: a\nProxy-Authorization: b"
      })
  void anything_else_is_no_request(String head) {
    assertThatThrownBy(() -> parse(head)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void a_bare_line_feed_ends_no_header() {
    assertThatThrownBy(() -> RequestHead.parse("GET http://a/ HTTP/1.1\r\nA: 1\nHost: b\r\n\r\n"))
        .isInstanceOf(ProtocolException.class);
  }
}
