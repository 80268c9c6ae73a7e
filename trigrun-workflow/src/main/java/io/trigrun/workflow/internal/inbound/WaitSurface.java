package io.trigrun.workflow.internal.inbound;

import io.trigrun.inbound.PublicRoute;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import io.trigrun.workflow.internal.wait.Decision;
import java.util.List;

/** The routes of waiting runs, and what they take and answer. */
final class WaitSurface {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";
  private static final String HTML = "text/html";
  private static final String APPROVALS = "/approvals/{token}";

  private static final Shape PAGE = Shape.text("a page for people");
  private static final Shape TEXT = Shape.text("becomes the output of the step");

  private static final ObjectShape RESUMED =
      Shape.object("Resumed", "That a run goes on")
          .required("status", Shape.words("whether it does now", "resumed", "already_resumed"));

  private static final ObjectShape DRAFT =
      Shape.object("Decision", "What somebody who decides has to say")
          .optional("comment", Shape.text("why").length(0, Answer.LONGEST_COMMENT).orNull())
          .optional(
              "decided_by", Shape.text("who says so").length(0, Answer.LONGEST_NAME).orNull());

  private static final ObjectShape FILLED_IN =
      DRAFT
          .extended("DecisionForm", "The form of the page")
          .optional("nonce", Shape.text("of the page"));

  private static final ObjectShape RECORDED =
      Shape.object("DecisionRecorded", "What became of a decision")
          .required("status", Shape.words("whether it was new", "recorded", "already_recorded"))
          .required("decision", Shape.words("which", "approved", "rejected"))
          .optional("approvals_missing", Shape.whole("how many more are needed"));

  private static final String APPROVED =
      "{\"status\": \"recorded\", \"decision\": \"approved\", \"approvals_missing\": 0}";
  private static final String REJECTED = "{\"status\": \"recorded\", \"decision\": \"rejected\"}";

  private WaitSurface() {}

  static List<PublicRoute> of(ResumeEndpoint resumes, ApprovalEndpoint approvals) {
    return List.of(
        PublicRoute.post("/resume/{token}", "resume", "Lets a run go on that waits for it")
            .takes(JSON, Shape.any("becomes the output of the step"))
            .takes("text/plain", TEXT)
            .takes(FORM, TEXT)
            .answers(200, RESUMED, "{\"status\": \"resumed\"}")
            .refuses(400, "bad_request", "the body is not as it should be")
            .refuses(404, "not_found", "nobody has the token")
            .refuses(409, "already_resumed", "something else was posted before, and counts")
            .refuses(410, "expired", "the time to answer is over")
            .refuses(410, "closed", "nothing waits for this any more")
            .refuses(413, "body_too_large", "the body is too long")
            .refuses(415, "unsupported_media_type", "a body of another type")
            .refuses(429, "too_many_requests", "too many; `Retry-After` says when to come again")
            .to(resumes::resume),
        page(APPROVALS, "review", "The page on which somebody decides").to(approvals::review),
        page(APPROVALS + "/approve", "review_approval", "The page on which somebody approves")
            .to((request, token) -> approvals.page(request, token, Decision.APPROVED)),
        page(APPROVALS + "/reject", "review_rejection", "The page on which somebody rejects")
            .to((request, token) -> approvals.page(request, token, Decision.REJECTED)),
        decision("approve", "Approves", Decision.APPROVED, APPROVED, approvals),
        decision("reject", "Rejects", Decision.REJECTED, REJECTED, approvals));
  }

  /** Reading decides nothing. */
  private static PublicRoute.Builder page(String path, String name, String summary) {
    return PublicRoute.get(path, name, summary)
        .answersWith(200, HTML, PAGE)
        .answersWith(404, HTML, PAGE)
        .answersWith(410, HTML, PAGE)
        .answersWith(429, HTML, PAGE)
        .answersWith(503, HTML, PAGE);
  }

  /** Programs send JSON and get JSON, people a form and get a page. */
  private static PublicRoute decision(
      String verb, String summary, Decision decision, String example, ApprovalEndpoint approvals) {
    return PublicRoute.post(APPROVALS + "/" + verb, verb, summary)
        .takes(JSON, DRAFT)
        .takes(FORM, FILLED_IN)
        .answers(200, RECORDED, example)
        .answersWith(200, HTML, PAGE)
        .refuses(400, "bad_request", "the body is not as it should be")
        .answersWith(400, HTML, PAGE)
        .refuses(403, "cross_site", "a page of another site asks")
        .answersWith(403, HTML, PAGE)
        .refuses(404, "not_found", "nobody has the token")
        .refuses(404, "not_waiting", "nothing waits for this now")
        .answersWith(404, HTML, PAGE)
        .refuses(409, "already_decided", "it was decided otherwise before")
        .answersWith(409, HTML, PAGE)
        .refuses(410, "expired", "the time to answer is over")
        .refuses(410, "closed", "nothing waits for this any more")
        .answersWith(410, HTML, PAGE)
        .refuses(415, "unsupported_media_type", "a body of another type")
        .refuses(429, "too_many_requests", "too many; `Retry-After` says when to come again")
        .answersWith(429, HTML, PAGE)
        .answersWith(503, HTML, PAGE)
        .to((request, token) -> approvals.decide(request, token, decision));
  }
}
