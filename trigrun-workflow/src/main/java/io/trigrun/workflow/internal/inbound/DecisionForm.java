package io.trigrun.workflow.internal.inbound;

import io.trigrun.workflow.internal.wait.Decision;
import io.trigrun.workflow.internal.wait.WaitView;
import io.trigrun.workflow.internal.wait.WaitView.Terms;
import java.util.Map;
import java.util.Optional;

/**
 * The part of the page that decides.
 *
 * @param choices where each decision is posted to, relative to the page; one that is missing is not
 *     within the power of this link
 * @param isHighlighted whether one decision was chosen by opening its link
 * @param approver whose link it is
 * @param verified who is logged in
 * @param draft what was filled in before
 * @param problem what was wrong with that
 */
record DecisionForm(
    Map<Decision, String> choices,
    boolean isHighlighted,
    String nonce,
    Optional<String> approver,
    Optional<String> verified,
    Answer draft,
    Optional<String> problem) {

  void write(Html html, WaitView view) {
    html.markup("<form method=\"post\" accept-charset=\"utf-8\">");
    html.inline("<input type=\"hidden\" name=\"nonce\"").attribute("value", nonce, 100).markup(">");
    // The first button is what the Enter key presses: one that does nothing.
    html.markup("<button type=\"submit\" disabled hidden></button>");
    problem.ifPresent(
        text ->
            html.inline("<div role=\"alert\">").sentence("p", "problem", text).markup("</div>"));
    writeComment(html, view.terms());
    writeName(html);
    html.markup("<div class=\"choices\">");
    for (Decision decision : Decision.values()) {
      writeChoice(html, decision, view);
    }
    html.markup("</div>").markup("</form>");
  }

  private void writeComment(Html html, Terms terms) {
    html.inline("<label for=\"comment\">Reason ");
    html.inline("<span class=\"hint\">").inline(terms.requireComment() ? "required" : "optional");
    html.markup("</span></label>");
    html.inline("<textarea id=\"comment\" name=\"comment\" rows=\"3\" maxlength=\"");
    html.inline(Integer.toString(Answer.LONGEST_COMMENT)).inline("\"");
    html.inline(terms.requireComment() ? " required>" : ">").inline("\n"); // the first is dropped
    html.text(draft.comment().orElse(""), Answer.LONGEST_COMMENT).markup("</textarea>");
  }

  private void writeName(Html html) {
    if (verified.isPresent()) {
      html.sentence("p", "as", "You decide as " + verified.get() + ", as you are signed in.");
    } else if (approver.isPresent()) {
      html.sentence("p", "as", "You decide as " + approver.get() + ": this link is personal.");
    } else {
      html.markup(
          "<label for=\"decided_by\">Your name <span class=\"hint\">optional</span></label>");
      html.inline(
          "<input id=\"decided_by\" name=\"decided_by\" autocomplete=\"name\" maxlength=\"");
      html.inline(Integer.toString(Answer.LONGEST_NAME)).inline("\"");
      html.attribute("value", draft.decidedBy().orElse(""), Answer.LONGEST_NAME).markup(">");
    }
  }

  private void writeChoice(Html html, Decision decision, WaitView view) {
    boolean isYes = decision == Decision.APPROVED;
    boolean isOffered = choices.containsKey(decision);
    String kind = (isYes ? "yes" : "no") + (isOffered && isHighlighted ? " chosen" : "");
    html.inline("<section class=\"choice ").inline(kind).inline(isOffered ? "" : " off");
    html.markup("\">");
    if (isOffered && isHighlighted) {
      html.markup("<p class=\"pick\">Your choice, not recorded yet</p>");
    }
    html.sentence("p", "consequence", isYes ? afterApproval(view) : afterRejection(view.terms()));
    if (isOffered) {
      html.inline("<button type=\"submit\"");
      String target = choices.getOrDefault(decision, "");
      if (!target.isEmpty()) {
        html.attribute("formaction", target, Integer.MAX_VALUE);
      }
      html.inline(">").inline(isYes ? "Approve" : "Reject").markup("</button>");
    } else {
      html.sentence("p", "hint", "This link can only " + (isYes ? "reject." : "approve."));
    }
    html.markup("</section>");
  }

  private static String afterApproval(WaitView view) {
    int missing = view.terms().required() - view.approvals() - 1;
    return missing <= 0
        ? "If you approve, the workflow goes on."
        : "If you approve, the workflow goes on after " + Outcome.more(missing) + ".";
  }

  private static String afterRejection(Terms terms) {
    String end =
        terms.continuesOnReject()
            ? "the workflow goes on, and knows that the answer was no."
            : "the workflow ends here, as rejected.";
    return "If you reject, " + end;
  }
}
