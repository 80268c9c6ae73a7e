package io.trigrun.notify.channel;

import io.trigrun.notify.internal.Timestamps;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message cut to what mail should hold, and harmless: what HTML and plain text are written from.
 * Cut so that the HTML stays below the 102 KB from which on Gmail hides the rest.
 *
 * @param text empty if there is none, as {@code output} is
 * @param link http or https
 */
record EmailLetter(
    String title, Tone tone, String text, List<Fact> facts, String output, Optional<URI> link) {

  private static final int LONGEST_TITLE = 250;
  private static final int LONGEST_TEXT = 4_096;
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_VALUE = 400;
  private static final int MOST_FACTS = 20;

  static EmailLetter of(Message message, boolean includeOutput) {
    Notice notice = message.notice();
    List<Fact> facts = new ArrayList<>();
    notice.facts().stream().limit(MOST_FACTS).map(EmailLetter::fact).forEach(facts::add);
    facts.add(new Fact("Event", message.event())); // a name of the library's or the host's
    facts.add(new Fact("Time", Timestamps.forPeople(message.at())));
    return new EmailLetter(
        line(notice.title(), LONGEST_TITLE),
        notice.tone(),
        notice.text().map(EmailLetter::block).orElse(""),
        List.copyOf(facts),
        notice.output().filter(output -> includeOutput).map(EmailLetter::block).orElse(""),
        notice.link().filter(WebLink::is));
  }

  /** For the header of the mail; a title that is blank after cleaning is none. */
  static String subject(Message message) {
    String subject = Truncate.to(VisibleText.line(message.notice().title()), LONGEST_TITLE);
    return VisibleText.isBlank(subject) ? message.event() : subject;
  }

  private static Fact fact(Fact fact) {
    return new Fact(line(fact.name(), LONGEST_NAME), line(fact.value(), LONGEST_VALUE));
  }

  private static String line(String text, int most) {
    return EmailText.withoutLinks(Truncate.to(VisibleText.line(text), most));
  }

  private static String block(String text) {
    return EmailText.withoutLinks(Truncate.to(VisibleText.lines(text).strip(), LONGEST_TEXT));
  }
}
