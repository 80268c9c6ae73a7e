package io.trigrun.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.ValidationException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressPolicyTest {
  private static final EgressPolicy STANDARD = EgressPolicy.standard();
  private static final EgressPolicy HERE = EgressPolicy.builder().allowLoopback().build();

  /** Empty if the URL is let out; what is no URL at all is not. */
  private static Optional<String> refusal(EgressPolicy policy, String url) {
    try {
      return policy.check("url", new URI(url)).map(problem -> problem.message());
    } catch (URISyntaxException e) {
      return Optional.of("no URL");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "HTTPS://EXAMPLE.com./a?b=c",
        "https://example.com:8443/",
        "https://xn--bcher-kva.example/",
        "https://93.184.216.34/",
        "https://[2606:2800:220:1::1]:443/",
        "https://localhost.example.com/",
        "https://internal.example.com/"
      })
  void https_to_public_hosts_is_let_out(String url) {
    assertThat(refusal(STANDARD, url)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "http://example.com/ ! expected https, or",
        "ftp://example.com/ ! an http or https URL",
        "https://user@example.com/ ! without user name",
        "https://example.com:22/ ! expected port 443",
        "https://example.com:80/ ! expected port 443",
        "https://example.com:6379/ ! allowPort(6379)",
        "https://example.com:99999/ ! an http or https URL",
        "https://localhost/ ! allowHost(\"localhost\")",
        "https://LOCALHOST./ ! a name that is never public",
        "https://db.localhost/ ! never public",
        "https://printer.local/ ! never public",
        "https://metadata.google.internal/ ! never public",
        "https://169.254.169.254/latest ! link-local, metadata of clouds (169.254.0.0/16)",
        "https://127.0.0.1/ ! allowNetwork(\"127.0.0.1\")",
        "https://[::1]/ ! got ::1: loopback (::1/128)",
        "https://[::ffff:10.0.0.1]/ ! private (10.0.0.0/8)",
        "https://my_service/ ! got no host",
        "mailto:a@example.com ! got no host"
      })
  void the_rest_is_refused_with_a_way_out(String url, String message) {
    assertThat(refusal(STANDARD, url))
        .hasValueSatisfying(
            text -> assertThat(text).startsWith("url: expected ").contains(message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "00",
        "0x",
        "1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0X7F.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.01",
        "127.000.000.001",
        "127.0.0.1.",
        "127.0.0",
        "127.0.0.1.0",
        "256.0.0.1",
        "127.0.0.0x1",
        "[::1%25lo]",
        "[fe80::1%251]",
        "[::127.1]",
        "%31%32%37.0.0.1",
        "example.com%00.internal",
        "127.0.0.1%2f.example.com",
        "a..b",
        ".",
        "example.com.."
      })
  void what_resolvers_read_differently_is_refused_whatever_is_allowed(String host) {
    EgressPolicy wide =
        EgressPolicy.builder().allowLoopback().allowNetwork("0.0.0.0/0").allowHttp().build();

    assertThat(refusal(STANDARD, "https://" + host + "/")).isPresent();
    assertThat(refusal(wide, "https://" + host + "/")).as("with all of IPv4 allowed").isPresent();
  }

  @Property
  void loopback_is_refused_in_each_spelling(@ForAll("spellings") String host) {
    assertThat(refusal(STANDARD, "https://" + host + "/")).isPresent();
  }

  /** inet_aton: one to four parts, each decimal, octal or hexadecimal; the last takes the rest. */
  @Provide
  Arbitrary<String> spellings() {
    Arbitrary<Integer> address = Arbitraries.integers().between(0x7f000000, 0x7fffffff);
    Arbitrary<Integer> parts = Arbitraries.integers().between(1, 4);
    Arbitrary<String> formats = Arbitraries.strings().withChars("dox").ofLength(4);
    return Combinators.combine(address, parts, formats).as(EgressPolicyTest::spelling);
  }

  private static String spelling(int address, int parts, String formats) {
    StringBuilder host = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      boolean last = i == parts - 1;
      int part = last ? address & (-1 >>> (8 * i)) : (address >>> (24 - 8 * i)) & 0xff;
      host.append(
          switch (formats.charAt(i)) {
            case 'o' -> "0" + Integer.toOctalString(part);
            case 'x' -> "0x" + Integer.toHexString(part);
            default -> Integer.toString(part);
          });
      host.append(last ? "" : ".");
    }
    return host.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "１２７.０.０.１",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "127．0．0．1",
        "ⓛocalhost",
        "ｌｏｃａｌｈｏｓｔ",
        "localhost。",
        "metadata.google.ⓘnternal"
      })
  void international_spellings_are_refused_before_and_after_they_are_folded(String host) {
    assertThat(refusal(STANDARD, "https://" + host + "/")).as("as it came").isPresent();
    String folded = IDN.toASCII(host);
    assertThat(refusal(STANDARD, "https://" + folded + "/")).as(folded).isPresent();
  }

  @Test
  void what_the_host_vouches_for_is_let_out_on_any_port_and_by_http() {
    EgressPolicy policy =
        EgressPolicy.builder()
            .allowHost("Billing.internal")
            .allowHost("*.svc.cluster.local")
            .allowHost("10.9.9.9")
            .allowNetwork("10.1.0.0/16")
            .build();

    for (String url :
        List.of(
            "http://billing.internal:22/",
            "http://BILLING.internal./",
            "https://a.b.svc.cluster.local/",
            "http://10.9.9.9/",
            "http://10.1.255.255:6379/",
            "http://[::ffff:10.1.0.1]/")) {
      assertThat(refusal(policy, url)).as(url).isEmpty();
      assertThat(policy.isTrusted(URI.create(url))).as(url).isTrue();
    }
    for (String url :
        List.of(
            "http://x.billing.internal/",
            "http://billing.internal.example.com:22/",
            "https://svc.cluster.local/",
            "https://xsvc.cluster.local/",
            "http://10.2.0.0/")) {
      assertThat(policy.isTrusted(URI.create(url))).as(url).isFalse();
    }
    assertThat(refusal(policy, "https://x.billing.internal/")).isPresent();
    assertThat(refusal(policy, "http://10.2.0.0/")).isPresent();
  }

  @Test
  void a_name_that_leads_into_an_allowed_network_may_be_called_by_http() throws Exception {
    EgressPolicy policy = EgressPolicy.builder().allowNetwork("10.0.0.0/8").build();
    URI orders = URI.create("http://orders.example:81/");
    InetAddress own = IpLiteral.of(new byte[] {10, 0, 0, 1});
    InetAddress foreign = IpLiteral.of(new byte[] {8, 8, 8, 8});

    assertThat(policy.check("url", orders)).as("to be seen").isEmpty();
    assertThat(policy.isTrusted(orders)).isFalse();
    assertThat(policy.check("url", orders, List.of(own))).isEmpty();
    assertThat(policy.check("url", orders, List.of(own, foreign))).isPresent();
    assertThat(policy.check("url", orders, List.of(foreign)))
        .hasValueSatisfying(problem -> assertThat(problem.got()).isEqualTo("http"));
  }

  @Test
  void http_and_ports_can_be_opened_for_public_hosts_only() {
    EgressPolicy policy = EgressPolicy.builder().allowHttp().allowPort(22).build();

    assertThat(refusal(policy, "http://example.com/")).isEmpty();
    assertThat(refusal(policy, "https://example.com:22/")).isEmpty();
    assertThat(refusal(policy, "https://example.com:23/")).isPresent();
    assertThat(refusal(policy, "http://127.0.0.1:22/")).isPresent();
  }

  @Test
  void loopback_is_allowed_as_a_whole() {
    for (String url : List.of("http://localhost:1/", "http://127.9.9.9/", "http://[::1]:1/")) {
      assertThat(refusal(HERE, url)).as(url).isEmpty();
    }
    assertThat(refusal(HERE, "http://10.0.0.1/")).isPresent();
  }

  @Test
  void unrestricted_lets_everything_out() {
    EgressPolicy all = EgressPolicy.unrestricted();
    assertThat(refusal(all, "http://169.254.169.254/")).isEmpty();
    assertThat(all.isTrusted(URI.create("http://localhost:22/"))).isTrue();
    assertThat(all.isUnrestricted()).isTrue();
    assertThat(STANDARD.isUnrestricted()).isFalse();
  }

  @Test
  void messages_show_neither_path_nor_query() {
    assertThat(refusal(STANDARD, "http://example.com/hook/s3cret?token=s3cret").orElseThrow())
        .doesNotContain("s3cret");
    assertThat(refusal(STANDARD, "https://10.0.0.1/s3cret?token=s3cret").orElseThrow())
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/33",
        "10.0.0.1/8",
        "10.0.0/8",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0.0/08x",
        "fd00::1/8",
        "fd00::/129",
        "::1%lo",
        "example.com",
        "0x7f.0.0.1",
        "127.0.0.1/8/8"
      })
  void what_is_no_network_is_refused(String cidr) {
    assertThatThrownBy(() -> EgressPolicy.builder().allowNetwork(cidr))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("egress.network: expected ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "https://example.com",
        "example.com:443",
        "example.com/",
        "*",
        "*.",
        "a.*.b",
        "*a.b",
        "a..b",
        "-a.b",
        "bücher.example",
        "[::1]"
      })
  void what_is_no_host_name_is_refused(String name) {
    assertThatThrownBy(() -> EgressPolicy.builder().allowHost(name))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("egress.host: expected ");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void what_is_no_port_is_refused(int port) {
    assertThatThrownBy(() -> EgressPolicy.builder().allowPort(port))
        .isInstanceOf(ValidationException.class)
        .hasMessage("egress.port: expected 1 to 65535, got " + port);
  }
}
