package io.trigrun.workflow.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.trigrun.inbound.JdkInbound;
import io.trigrun.workflow.ApproverResolver;
import io.trigrun.workflow.LinkKey;
import io.trigrun.workflow.internal.link.LinkKeys;
import io.trigrun.workflow.internal.link.WaitUrls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The links as they are sent out, followed through a real server. */
class WaitRoutesOverHttpTest {

  private static final Pattern NONCE = Pattern.compile("name=\"nonce\" value=\"([^\"]+)\"");
  private static final Pattern TARGET = Pattern.compile("formaction=\"([^\"]+/approve)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final LinkKeys keys = new LinkKeys(LinkKey.random(), List.of());
  private final DeskDouble desk = new DeskDouble();
  private HttpServer server;
  private WaitUrls urls;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Clock clock = Clock.fixed(DeskDouble.NOW, ZoneOffset.UTC);
    JdkInbound.mount(
        server, "/base/v1", new WaitRoutes(keys, desk, ApproverResolver.none(), clock));
    server.start();
    urls = new WaitUrls("http://127.0.0.1:" + server.getAddress().getPort() + "/base", keys);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_person_opens_the_page_and_approves() throws Exception {
    URI review = URI.create(urls.reviewUrl(DeskDouble.RUN, DeskDouble.WAIT, Optional.empty()));
    HttpResponse<String> page = send(HttpRequest.newBuilder(review));
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(page.body()).contains("Ship it?");

    HttpResponse<String> thanks =
        send(
            HttpRequest.newBuilder(review.resolve(first(TARGET, page.body())))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("nonce=" + first(NONCE, page.body()) + "&comment=")));

    assertThat(thanks.body()).contains("Thank you: approved");
    assertThat(desk.taken()).singleElement().asString().contains("\"decision\":\"approved\"");
  }

  @Test
  void a_program_resumes_the_run_but_not_with_too_much() throws Exception {
    URI resume = URI.create(urls.resumeUrl(DeskDouble.RUN, DeskDouble.WAIT));

    assertThat(send(HttpRequest.newBuilder(resume).POST(BodyPublishers.ofString("{}"))).body())
        .isEqualTo("{\"status\":\"resumed\"}");
    assertThat(
            send(HttpRequest.newBuilder(resume)
                    .POST(BodyPublishers.ofByteArray(new byte[(1 << 20) + 1])))
                .statusCode())
        .isEqualTo(413);
    HttpResponse<String> head =
        send(HttpRequest.newBuilder(resume).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(405);
    assertThat(head.body()).isEmpty();
    assertThat(desk.taken()).hasSize(1);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
