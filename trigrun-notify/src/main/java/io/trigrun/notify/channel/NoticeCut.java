package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes a notice fit its medium before it is escaped. The output gives way first, then the text,
 * then facts from the end; the title and the link stay. Whatever is cut says so.
 */
final class NoticeCut {

  private static final String NO_TITLE = "(no title)";
  private static final int TITLE = 250;
  private static final int TEXT = 4_096;
  private static final int FACTS = 20;
  private static final int FACT_NAME = 60;
  private static final int FACT_VALUE = 1_000;
  private static final int LINK = 2_048;

  private static final int SHORT_TEXT = 200;
  private static final int SHORT_VALUE = 200;
  private static final int SHORT_OUTPUT = 40;

  private NoticeCut() {}

  /**
   * As much of a notice as fits; texts are cleaned by {@link VisibleText}, empty ones left out.
   *
   * @param fits whether the medium takes a notice, by rendering it and measuring what comes out
   */
  static Notice to(Notice notice, Predicate<Notice> fits) {
    Notice whole = bounded(notice);
    if (fits.test(whole)) {
      return whole;
    }
    Notice small =
        with(
            whole,
            whole.text().map(text -> Truncate.to(text, SHORT_TEXT)),
            facts(whole.facts(), SHORT_VALUE),
            whole.output().map(text -> Truncate.to(text, SHORT_OUTPUT)));
    for (int kept = FACTS - 1; kept >= 0 && !fits.test(small); kept--) {
      small = small.withFacts(first(facts(whole.facts(), SHORT_VALUE), kept));
    }
    Notice longFacts = small.withFacts(whole.facts());
    Notice grown = fits.test(longFacts) ? longFacts : small;
    if (whole.text().isPresent()) {
      Notice base = grown;
      grown = longest(whole.text().get(), base, base::withText, fits);
    }
    if (whole.output().isPresent()) {
      Notice base = grown;
      grown = longest(whole.output().get(), base, text -> base.withOutput(Optional.of(text)), fits);
    }
    return grown;
  }

  private static Notice bounded(Notice notice) {
    List<Fact> facts =
        notice.facts().stream()
            .map(f -> new Fact(VisibleText.line(f.name()), VisibleText.line(f.value())))
            .filter(f -> !f.value().isEmpty())
            .toList();
    String title = VisibleText.line(notice.title());
    Notice cut =
        notice
            .withTitle(VisibleText.isBlank(title) ? NO_TITLE : Truncate.to(title, TITLE))
            .withLink(notice.link().filter(NoticeCut::isPlainLink));
    return with(
        cut,
        clean(notice.text()).map(text -> Truncate.to(text, TEXT)),
        facts(first(facts, FACTS), FACT_VALUE),
        clean(notice.output()));
  }

  private static Optional<String> clean(Optional<String> text) {
    return VisibleText.lines(text).map(String::stripTrailing);
  }

  private static List<Fact> facts(List<Fact> facts, int longestValue) {
    return facts.stream()
        .map(f -> new Fact(Truncate.to(f.name(), FACT_NAME), Truncate.to(f.value(), longestValue)))
        .toList();
  }

  private static List<Fact> first(List<Fact> facts, int most) {
    if (facts.size() <= most) {
      return facts;
    }
    int kept = Math.max(0, most - 1);
    List<Fact> first = new ArrayList<>(facts.subList(0, kept));
    first.add(new Fact("More", (facts.size() - kept) + " facts left out"));
    return first;
  }

  /** The notice with the longest start of a text that fits, found by halving. */
  private static Notice longest(
      String text, Notice otherwise, Function<String, Notice> with, Predicate<Notice> fits) {
    Notice best = otherwise;
    int low = 0;
    int high = text.length();
    while (low < high) {
      int middle = low + (high - low + 1) / 2;
      Notice candidate = with.apply(Truncate.to(text, middle));
      if (fits.test(candidate)) {
        best = candidate;
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return best;
  }

  private static boolean isPlainLink(URI link) {
    return WebLink.is(link) && link.toASCIIString().length() <= LINK;
  }

  private static Notice with(
      Notice notice, Optional<String> text, List<Fact> facts, Optional<String> output) {
    return new Notice(notice.title(), notice.tone(), text, facts, output, notice.link());
  }
}
