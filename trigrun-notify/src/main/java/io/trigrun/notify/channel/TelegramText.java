package io.trigrun.notify.channel;

import io.trigrun.notify.internal.Timestamps;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import java.time.Instant;

/** A notice as a chat shows it: a bold title, a line for each fact, the output as it came. */
final class TelegramText {

  /** Telegram counts the visible text; UTF-16 units are what its own server counts in. */
  static final int MOST_VISIBLE = 4_096;

  private TelegramText() {}

  static String of(Notice notice, Instant at) {
    Notice cut = NoticeCut.to(notice, n -> rendered(n, at).visible() <= MOST_VISIBLE);
    return rendered(cut, at).toString();
  }

  private static TelegramHtml rendered(Notice notice, Instant at) {
    TelegramHtml html = new TelegramHtml();
    html.bold((sign(notice.tone()) + " " + notice.title()).strip());
    notice.text().ifPresent(text -> html.plain("\n\n").plain(text));
    if (!notice.facts().isEmpty()) {
      html.plain("\n");
    }
    for (Fact fact : notice.facts()) {
      html.plain("\n").bold(fact.name() + ":").plain(" ").code(fact.value());
    }
    notice.output().ifPresent(output -> html.plain("\n\n").pre(output));
    html.plain("\n\n").italic(Timestamps.forPeople(at));
    notice.link().ifPresent(link -> html.plain(" · ").link("Open", link));
    return html;
  }

  private static String sign(Tone tone) {
    return switch (tone) {
      case GOOD -> "✅";
      case BAD -> "❌";
      case WARNING -> "⚠️";
      case NEUTRAL -> "ℹ️";
    };
  }
}
