package io.trigrun.examples.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trigrun.ExecutionState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The review page as people meet it, in a real browser. {@code -Dscreenshots=true} renews the
 * pictures of the documentation.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReviewInBrowserTest {

  private static final Path IMAGES = Path.of("../../docs/images");

  private final HttpClient client = HttpClient.newHttpClient();
  private Optional<Browser> found = Optional.empty();
  private Browser browser;
  private ApprovalFlow flow;
  private UUID run;

  @BeforeAll
  void openBrowser() {
    found = Browser.open();
    if (found.isEmpty()) {
      System.err.println(Browser.MISSING);
    }
  }

  @BeforeEach
  void openFlow(@TempDir Path folder) throws Exception {
    assumeTrue(found.isPresent(), Browser.MISSING);
    browser = found.orElseThrow();
    flow = ApprovalFlow.open(folder.resolve("data"), 0);
    run = flow.review();
    browser.show(1000, false);
  }

  @AfterEach
  void closeFlow() {
    if (flow != null) {
      flow.close();
    }
  }

  @AfterAll
  void closeBrowser() {
    found.ifPresent(Browser::close);
  }

  @Test
  void a_person_reads_the_question_gives_a_reason_and_approves() throws Exception {
    browser.open(flow.link(run, "review_url"));
    assertThat(browser.text())
        .contains("Raise the credit limit of ACME Ltd?", "up to 12000 euros", "1 of the last 24")
        .contains("If you approve, the workflow goes on.", "Without a decision in time");

    browser.type("comment", "They have paid well for years.");
    browser.type("decided_by", "Ada");
    browser.press("Approve");

    assertThat(browser.text()).contains("Thank you: approved", "The workflow goes on.");
    assertThat(flow.end(run).execution().state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(flow.services.writes())
        .containsExactly(
            "PUT /limits/7 {\"limit\":12000,\"approved_by\":\"Ada\","
                + "\"reason\":\"They have paid well for years.\"}");
  }

  @Test
  void a_person_rejects_and_nothing_is_written() throws Exception {
    String approve = flow.link(run, "approve_url");
    browser.open(flow.link(run, "reject_url"));
    browser.press("Reject");

    assertThat(browser.text()).contains("Thank you: rejected");
    assertThat(flow.end(run).execution().failure().orElseThrow().errorClass())
        .isEqualTo("REJECTED");
    assertThat(flow.services.writes()).isEmpty();

    browser.open(approve);
    assertThat(browser.text()).contains("Rejected").doesNotContain("If you approve");
  }

  @Test
  void looking_decides_nothing() throws Exception {
    for (String name : new String[] {"review_url", "approve_url", "reject_url"}) {
      browser.open(flow.link(run, name));
      browser.open(flow.link(run, name)); // as a preview or a scanner does
      assertThat(head(flow.link(run, name)).statusCode()).isEqualTo(200);
    }
    assertThat(browser.texts(".pick")).containsExactly("Your choice, not recorded yet");
    assertThat(flow.now(run).execution().state()).isEqualTo(ExecutionState.WAITING);

    browser.open(flow.link(run, "approve_url"));
    browser.press("Approve");
    assertThat(flow.end(run).execution().state()).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void there_is_no_script_and_none_would_run() throws Exception {
    String url = flow.link(run, "review_url");
    browser.open(url);

    assertThat(browser.source().toLowerCase(Locale.ROOT))
        .doesNotContain("<script", "javascript:", " onclick", " onload");
    assertThat(head(url).headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .doesNotContain("script-src", "unsafe-inline");
  }

  @Test
  void it_fits_a_phone_and_the_night() throws Exception {
    browser.open(flow.link(run, "review_url"));
    assertThat(browser.isCutOff()).isFalse();
    assertThat(browser.background()).isEqualTo("rgba(255, 255, 255, 1)");
    keep("review-page.png");

    browser.show(390, true);
    assertThat(browser.isCutOff()).isFalse();
    assertThat(browser.background()).isEqualTo("rgba(23, 27, 34, 1)");
    keep("review-page-phone.png");
  }

  private void keep(String name) throws IOException {
    if (Boolean.getBoolean("screenshots")) {
      browser.save(IMAGES.resolve(name));
    }
  }

  private HttpResponse<Void> head(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).method("HEAD", BodyPublishers.noBody()).build();
    return client.send(request, BodyHandlers.discarding());
  }
}
