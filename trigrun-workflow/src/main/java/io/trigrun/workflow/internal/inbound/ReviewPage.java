package io.trigrun.workflow.internal.inbound;

import io.trigrun.workflow.internal.wait.WaitView;
import io.trigrun.workflow.internal.wait.WaitView.Question;
import io.trigrun.workflow.internal.wait.WaitView.Terms;
import java.time.Instant;

/**
 * What people see of a wait. There is no script; nothing that strangers wrote is more than text.
 */
final class ReviewPage {

  private static final int MOST_FIELDS = 50;

  private ReviewPage() {}

  /** The question, and how to answer. */
  static String open(WaitView view, DecisionForm form, Instant now) {
    return Layout.page(
        "Decide: " + title(view.question()),
        html -> {
          writeQuestion(html, "h1", view.question());
          writeTerms(html, view, now);
          form.write(html, view);
        });
  }

  /** What became of it. */
  static String outcome(Outcome outcome, WaitView view) {
    return Layout.page(
        outcome.heading() + ": " + title(view.question()),
        html -> {
          writeOutcome(html, outcome);
          html.markup("<section class=\"recap\">");
          writeQuestion(html, "h2", view.question());
          if (!view.votes().isEmpty()) {
            html.markup("<h3>Decisions</h3>");
            Voices.list(html, view.votes());
          }
          html.markup("</section>");
        });
  }

  /** Where there is no question to show. */
  static String notice(Outcome outcome) {
    return Layout.page(outcome.heading(), html -> writeOutcome(html, outcome));
  }

  private static void writeOutcome(Html html, Outcome outcome) {
    html.inline("<section class=\"outcome ").inline(outcome.tone()).markup("\" role=\"status\">");
    html.inline("<span class=\"mark\" aria-hidden=\"true\">").inline(outcome.mark());
    html.markup("</span>");
    html.sentence("h1", "heading", outcome.heading());
    html.sentence("p", "sentence", outcome.sentence());
    html.markup("</section>");
  }

  private static void writeQuestion(Html html, String heading, Question question) {
    html.inline("<p class=\"from\">");
    html.inline("<bdi>").text(question.workflow(), PageText.LONGEST_NAME).inline("</bdi>");
    html.inline(" <span class=\"step\">step ");
    html.inline("<bdi>").text(question.step(), PageText.LONGEST_NAME).markup("</bdi></span></p>");
    html.inline("<").inline(heading).inline(" class=\"title\" dir=\"auto\">");
    html.text(title(question), PageText.LONGEST_TITLE);
    html.inline("</").inline(heading).markup(">");
    if (!question.message().isBlank()) {
      html.inline("<p class=\"message\" dir=\"auto\">");
      html.text(question.message(), PageText.LONGEST_MESSAGE).markup("</p>");
    }
    if (!question.fields().isEmpty()) {
      html.markup("<dl class=\"fields\">");
      question.fields().entrySet().stream()
          .limit(MOST_FIELDS)
          .forEach(field -> writeField(html, field.getKey(), field.getValue()));
      html.markup("</dl>");
    }
  }

  private static void writeField(Html html, String name, String value) {
    html.inline("<div><dt dir=\"auto\">").text(name, PageText.LONGEST_FIELD_NAME).inline("</dt>");
    html.inline("<dd dir=\"auto\">").text(value, PageText.LONGEST_FIELD).markup("</dd></div>");
  }

  private static void writeTerms(Html html, WaitView view, Instant now) {
    Terms terms = view.terms();
    html.markup("<section class=\"terms\">");
    terms
        .expiresAt()
        .ifPresent(
            at -> {
              html.inline("<p>Decide by <strong><time datetime=\"").inline(at.toString());
              html.inline("\">").text(PageTime.of(at), 100).inline("</time></strong> (");
              html.text(PageTime.until(at, now), 100).inline("). ");
              html.text(Outcome.afterExpiry(terms), 100).markup("</p>");
            });
    if (terms.required() > 1 || terms.approvers() > 1) {
      html.sentence("p", "count", count(view));
    }
    if (!view.votes().isEmpty()) {
      Voices.list(html, view.votes());
    }
    html.markup("</section>");
  }

  private static String count(WaitView view) {
    Terms terms = view.terms();
    String asked = terms.approvers() > 0 ? " of " + terms.approvers() + " people" : "";
    return "%d%s must approve, %d so far. One rejection is enough to reject."
        .formatted(terms.required(), asked, view.approvals());
  }

  private static String title(Question question) {
    return question.title().isBlank() ? "Your decision is needed" : question.title();
  }
}
