package io.trigrun.notify;

import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.NoteSubject;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.notify.provider.RunReference;
import io.trigrun.spi.MessageOutlet.ChannelMessage;
import java.util.Optional;

/** Turns what a run has to say into a message: in its words and no others. */
final class NoteMessages {

  private static final int MOST_FACTS = 20;

  private NoteMessages() {}

  static Message of(ChannelMessage said) {
    RunReference run = RunWords.run(said.job(), said.executionId());
    String title = said.title().isBlank() ? run.jobName().orElse("Message") : said.title();
    NoteSubject subject =
        new NoteSubject(
            run,
            RunWords.title("", title),
            RunWords.whole(said.text()),
            RunWords.fields(said.facts()));
    Notice notice =
        new Notice(
            subject.title(),
            Tone.NEUTRAL,
            RunWords.text(subject.text()),
            RunWords.facts(subject.facts(), MOST_FACTS),
            Optional.empty(),
            Optional.empty());
    return new Message(NotificationEvent.MESSAGE.wireName(), said.at(), subject, notice);
  }
}
