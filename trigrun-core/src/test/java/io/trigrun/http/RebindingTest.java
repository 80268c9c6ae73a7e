package io.trigrun.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.egress.EgressRefusedException;
import io.trigrun.egress.guard.DnsServer;
import io.trigrun.egress.guard.JndiResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A name server of the other side's, asked over UDP, that says something else each time. 127.0.0.1
 * stands for the internet and is allowed; 127.0.0.2 stands for the host's own network.
 */
@Timeout(60)
class RebindingTest {
  private static final String NAME = "rebound.example";

  private final AtomicInteger served = new AtomicInteger();
  private HttpServer outside;
  private ServerSocketChannel inside;
  private DnsServer dns;
  private HttpTransport transport;

  @BeforeEach
  void start() throws IOException {
    outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    outside.createContext(
        "/",
        exchange -> {
          served.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    outside.start();
    inside = ServerSocketChannel.open();
    inside.bind(
        new InetSocketAddress(
            InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), outside.getAddress().getPort()));
    inside.configureBlocking(false);
    dns = new DnsServer();
    transport =
        HttpTransport.jdkBuilder()
            .egress(EgressPolicy.builder().allowNetwork("127.0.0.1/32").build())
            .resolver(new JndiResolver(dns.port()))
            .build();
  }

  @AfterEach
  void stop() throws IOException {
    transport.close();
    dns.close();
    inside.close();
    outside.stop(0);
  }

  private HttpReply get() throws Exception {
    URI url = URI.create("http://" + NAME + ":" + outside.getAddress().getPort() + "/");
    return transport.sendAndWait(
        HttpCall.builder(HttpMethod.GET, url).timeout(Duration.ofSeconds(20)).build());
  }

  private void assertRefused() throws IOException {
    assertThat(catchThrowable(this::get))
        .isInstanceOfSatisfying(
            EgressRefusedException.class, e -> assertThat(e.mayChange()).isTrue());
    try (SocketChannel reached = inside.accept()) {
      assertThat(reached).as("a connection to 127.0.0.2").isNull();
    }
  }

  @Test
  void a_name_that_leads_outside_first_and_inside_afterwards_never_gets_inside() throws Exception {
    dns.answers(NAME, "127.0.0.1", "127.0.0.2");

    assertThat(get().status()).isEqualTo(204);
    for (int i = 0; i < 3; i++) {
      assertRefused();
    }
    assertThat(served).hasValue(1);
  }

  @Test
  void a_name_is_asked_for_once_for_each_connection_so_that_it_cannot_change_in_between()
      throws Exception {
    dns.answers(NAME, "127.0.0.1", "127.0.0.2", "127.0.0.1");

    assertThat(get().status()).isEqualTo(204);
    assertThat(dns.asked).containsExactly("A " + NAME, "AAAA " + NAME);
    assertRefused();
    assertThat(get().status()).isEqualTo(204);
    assertThat(dns.asked).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1 127.0.0.2", "127.0.0.2 127.0.0.1", "127.0.0.1 10.0.0.1"})
  void an_answer_with_both_kinds_of_addresses_is_refused_as_a_whole(String both) throws Exception {
    dns.answers(NAME, both);

    assertRefused();
    assertThat(served).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "fd00:ec2::254", "64:ff9b::7f00:2", "2002:7f00:2::"})
  void an_address_inside_is_found_in_the_records_of_ipv6_too(String address) throws Exception {
    dns.answers(NAME, "127.0.0.1").answers(NAME, address);

    assertRefused();
    assertThat(served).hasValue(0);
  }

  @Test
  void a_name_that_is_gone_is_a_name_without_address() {
    assertThat(ResponseJudge.judge(catchThrowable(this::get)).errorClass()).contains("DNS_ERROR");
  }
}
