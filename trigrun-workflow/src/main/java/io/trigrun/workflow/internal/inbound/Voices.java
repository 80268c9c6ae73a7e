package io.trigrun.workflow.internal.inbound;

import io.trigrun.workflow.internal.wait.Decision;
import io.trigrun.workflow.internal.wait.Vote;

/** How votes are told: never more certain than they are. */
final class Voices {

  private Voices() {}

  /** Who it was, and how that is known. */
  static String who(Vote vote) {
    if (vote.verifiedBy().isPresent()) {
      return name(vote.verifiedBy().get()) + " (signed in)";
    }
    if (vote.approver().isPresent()) {
      return name(vote.approver().get()) + " (by personal link)";
    }
    return vote.claimedBy()
        .map(claimed -> "somebody with the link who gave the name " + name(claimed))
        .orElse("somebody with the link");
  }

  static void list(Html html, Iterable<Vote> votes) {
    html.markup("<ul class=\"votes\">");
    for (Vote vote : votes) {
      html.inline("<li>");
      html.sentence(
          "span",
          "tag " + vote.decision().word(),
          vote.decision() == Decision.APPROVED ? "Approved" : "Rejected");
      html.sentence("span", "who", "by " + who(vote) + ", " + PageTime.of(vote.at()));
      vote.comment().ifPresent(text -> html.element("p", "quote", text, PageText.LONGEST_FIELD));
      html.markup("</li>");
    }
    html.markup("</ul>");
  }

  private static String name(String name) {
    return PageText.of(name, PageText.LONGEST_NAME).replace('\n', ' ');
  }
}
