package io.trigrun.workflow.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.workflow.ApproverResolver;
import io.trigrun.workflow.internal.wait.Decision;
import io.trigrun.workflow.internal.wait.Settlement;
import io.trigrun.workflow.internal.wait.WaitView.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ApprovalEndpointTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final Endpoints endpoints = new Endpoints();

  @Test
  void the_review_page_asks_and_its_buttons_decide() {
    InboundResponse page = endpoints.get(endpoints.review(""));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.bodyText())
        .contains("Ship it?", "Ship order 7?", "Amount", "12 EUR")
        .contains("22 November 2026, 11:30 UTC", "in 2 hours", "the workflow fails")
        .contains("If you approve, the workflow goes on.")
        .contains("If you reject, the workflow ends here, as rejected.");
    List<String> targets = targets(page);
    assertThat(targets).hasSize(2);
    InboundResponse thanks =
        endpoints.postForm(
            endpoints.review(""),
            "/approvals/" + targets.get(1),
            "comment=too+much&decided_by=Ada");
    assertThat(thanks.status()).isEqualTo(200);
    assertThat(thanks.bodyText()).contains("Thank you: rejected");
    assertThat(endpoints.desk.taken())
        .containsExactly(
            "APPROVAL {\"decision\":\"rejected\",\"approver\":null,\"claimed_by\":\"Ada\","
                + "\"verified_by\":null,\"comment\":\"too much\"}");
  }

  @Test
  void the_page_of_one_decision_offers_only_that() {
    InboundResponse page = endpoints.get(endpoints.reject(""));

    assertThat(page.bodyText())
        .contains("choice no chosen", "choice yes off", "This link can only reject.", ">Reject<")
        .doesNotContain(">Approve<", "formaction");
    assertThat(endpoints.postForm(endpoints.reject(""), endpoints.reject(""), "").status())
        .isEqualTo(200);
    assertThat(endpoints.desk.taken()).singleElement().asString().contains("rejected");
  }

  @Test
  void the_enter_key_decides_nothing() {
    String page = endpoints.get(endpoints.review("")).bodyText();

    assertThat(page.indexOf("<button")).isEqualTo(page.indexOf("<button type=\"submit\" disabled"));
  }

  @Test
  void programs_post_json_or_nothing() {
    InboundResponse answer =
        endpoints.postJson(endpoints.approve(""), "{\"comment\":\"ok\",\"decided_by\":\"bot\"}");

    assertThat(answer.bodyText())
        .isEqualTo("{\"status\":\"recorded\",\"decision\":\"approved\",\"approvals_missing\":0}");
    assertThat(endpoints.postJson(endpoints.reject(""), "").bodyText())
        .isEqualTo("{\"status\":\"recorded\",\"decision\":\"rejected\"}");
    assertThat(endpoints.post(endpoints.approve(""), "", "").status()).isEqualTo(200);
    assertThat(endpoints.desk.taken()).hasSize(3);
  }

  @Test
  void the_same_decision_again_is_fine_and_another_is_a_conflict() {
    endpoints.desk.is(Status.APPROVED, DeskDouble.vote(Decision.APPROVED, ""));
    endpoints.desk.settlement =
        new Settlement.Repeated(Optional.of(DeskDouble.vote(Decision.APPROVED, "")));
    InboundResponse again = endpoints.postJson(endpoints.approve(""), "{}");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.bodyText()).contains("already_recorded");

    endpoints.desk.settlement =
        new Settlement.Contradicted(Optional.of(DeskDouble.vote(Decision.APPROVED, "grace")));
    InboundResponse other = endpoints.postJson(endpoints.reject(""), "{}");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.bodyText())
        .contains("already_decided", "approved by grace (by personal link) before");
  }

  @Test
  void what_comes_too_late_is_told_so() {
    endpoints.desk.is(Status.EXPIRED);
    endpoints.desk.settlement = new Settlement.Expired();
    assertThat(endpoints.get(endpoints.review("")).status()).isEqualTo(410);
    assertThat(endpoints.get(endpoints.review("")).bodyText())
        .contains("Too late to decide")
        .doesNotContain("<form");
    assertThat(endpoints.postJson(endpoints.approve(""), "{}").status()).isEqualTo(410);

    endpoints.desk.is(Status.CLOSED);
    endpoints.desk.settlement = new Settlement.Gone();
    assertThat(endpoints.get(endpoints.review("")).bodyText())
        .contains("No decision is needed any more");
    assertThat(endpoints.postJson(endpoints.approve(""), "{}").bodyText()).contains("\"closed\"");
  }

  @Test
  void before_the_question_is_asked_nothing_is_decided() {
    endpoints.desk.view = Optional.empty();

    assertThat(endpoints.get(endpoints.review("")).status()).isEqualTo(404);
    assertThat(endpoints.postJson(endpoints.approve(""), "{}").bodyText()).contains("not_waiting");
    assertThat(endpoints.desk.handedIn).isEmpty();
  }

  @Test
  void a_form_of_another_page_decides_nothing_and_one_that_was_open_for_hours_asks_again() {
    String nonce = Endpoints.nonce(endpoints.get(endpoints.approve("")));
    InboundResponse without = endpoints.post(endpoints.approve(""), FORM, "comment=kept+%3Cb%3E");
    assertThat(without.status()).isEqualTo(400);
    assertThat(without.bodyText()).contains("Please decide again", "kept &lt;b&gt;");
    assertThat(
            endpoints
                .post(
                    endpoints.approve("ada"),
                    FORM,
                    "nonce=" + Endpoints.nonce(endpoints.get(endpoints.approve("bob"))))
                .status())
        .isEqualTo(400);
    endpoints.clock.advance(Duration.ofHours(2));
    assertThat(endpoints.post(endpoints.approve(""), FORM, "nonce=" + nonce).status())
        .isEqualTo(400);
    assertThat(endpoints.desk.handedIn).isEmpty();
  }

  @Test
  void a_form_that_was_open_for_an_hour_decides() {
    String nonce = Endpoints.nonce(endpoints.get(endpoints.approve("")));
    endpoints.clock.advance(Duration.ofHours(1));

    assertThat(endpoints.post(endpoints.approve(""), FORM, "nonce=" + nonce).status())
        .isEqualTo(200);
  }

  @Test
  void another_site_decides_nothing() {
    InboundRequest request = InboundRequest.of("POST", endpoints.approve(""));
    for (String site : List.of("cross-site", "same-site")) {
      assertThat(endpoints.send(request.withHeader("Sec-Fetch-Site", site)).status())
          .isEqualTo(403);
    }
    assertThat(endpoints.desk.handedIn).isEmpty();
    assertThat(endpoints.send(request.withHeader("Sec-Fetch-Site", "same-origin")).status())
        .isEqualTo(200);
  }

  @Test
  void a_reason_is_asked_for_where_it_is_needed() {
    endpoints.desk.view = Optional.of(DeskDouble.open(1, 0, true));

    assertThat(endpoints.get(endpoints.review("")).bodyText()).contains(" required>");
    assertThat(endpoints.postJson(endpoints.approve(""), "{\"comment\":\"  \"}").bodyText())
        .contains("comment: expected a reason, got none");
    InboundResponse page =
        endpoints.postForm(endpoints.approve(""), endpoints.approve(""), "comment=");
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.bodyText()).contains("please give a reason");
    assertThat(endpoints.desk.handedIn).isEmpty();
    assertThat(endpoints.postJson(endpoints.approve(""), "{\"comment\":\"ok\"}").status())
        .isEqualTo(200);
  }

  @Test
  void a_personal_link_decides_for_its_person_only_and_says_how_many_are_missing() {
    endpoints.desk.view = Optional.of(DeskDouble.open(2, 3, false));
    assertThat(endpoints.get(endpoints.review("ada")).bodyText())
        .contains("You decide as ada", "2 of 3 people must approve, 0 so far")
        .contains("If you approve, the workflow goes on after 1 more approval.")
        .doesNotContain("decided_by");

    InboundResponse answer =
        endpoints.postJson(endpoints.approve("ada"), "{\"decided_by\":\"grace\"}");
    assertThat(answer.bodyText()).contains("\"approvals_missing\":1");
    assertThat(endpoints.desk.taken())
        .singleElement()
        .asString()
        .contains("\"approver\":\"ada\",\"claimed_by\":\"grace\"");

    endpoints.desk.is(Status.OPEN, DeskDouble.vote(Decision.APPROVED, "ada"));
    assertThat(endpoints.get(endpoints.review("ada")).bodyText())
        .contains("You have approved", "after 1 more approval")
        .doesNotContain("<form");
    assertThat(endpoints.get(endpoints.review("bob")).bodyText())
        .contains("<form", "by ada (by personal link)", "because", "1 so far");
    assertThat(endpoints.postJson(endpoints.approve("bob"), "{}").bodyText())
        .contains("\"approvals_missing\":0");
  }

  @Test
  void who_is_logged_in_is_recorded_as_such() {
    Endpoints behindLogin = new Endpoints(ApproverResolver.principal());
    InboundRequest request = InboundRequest.of("POST", behindLogin.approve(""));

    assertThat(behindLogin.send(request.withPrincipal(() -> "ada@example.com")).status())
        .isEqualTo(200);
    assertThat(behindLogin.send(request).status()).isEqualTo(200);
    assertThat(behindLogin.desk.taken())
        .satisfiesExactly(
            first -> assertThat(first).contains("\"verified_by\":\"ada@example.com\""),
            second -> assertThat(second).contains("\"verified_by\":null"));
    assertThat(
            behindLogin
                .send(
                    InboundRequest.of("GET", behindLogin.review(""))
                        .withPrincipal(() -> "ada@example.com"))
                .bodyText())
        .contains("You decide as ada@example.com, as you are signed in.");
  }

  @Test
  void what_is_no_decision_is_told_what_was_expected() {
    assertThat(refusal("{\"coment\":\"x\"}")).contains("nothing else");
    assertThat(refusal("[]")).contains("expected an object");
    assertThat(refusal("{\"comment\":7}")).contains("comment: expected a string");
    assertThat(refusal("{\"comment\":\"" + "x".repeat(2_001) + "\"}"))
        .contains("comment: expected at most 2,000 characters, got 2,001");
    assertThat(refusal("{\"comment\":\"\\u0000\"}")).contains("no U+0000");
    assertThat(refusal("{\"decided_by\":\"a\\nb\"}")).contains("no control characters");
    assertThat(refusal("{secret}")).contains("line 1, column").doesNotContain("secret");
    assertThat(endpoints.post(endpoints.approve(""), "text/plain", "yes").status()).isEqualTo(415);
    assertThat(endpoints.desk.handedIn).isEmpty();
  }

  @Test
  void only_the_right_methods_are_taken() {
    assertThat(endpoints.postJson(endpoints.review(""), "{}").header("Allow"))
        .contains("GET, HEAD");
    assertThat(endpoints.send(InboundRequest.of("PUT", endpoints.approve(""))).header("Allow"))
        .contains("GET, HEAD, POST");
  }

  private String refusal(String json) {
    InboundResponse answer = endpoints.postJson(endpoints.approve(""), json);
    assertThat(answer.status()).isEqualTo(400);
    return answer.bodyText();
  }

  private static List<String> targets(InboundResponse page) {
    return Pattern.compile("formaction=\"([^\"]*)\"")
        .matcher(page.bodyText())
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
