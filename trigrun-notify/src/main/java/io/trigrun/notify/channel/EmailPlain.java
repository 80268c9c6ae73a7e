package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Notice.Fact;

/** Writes a letter as plain text. */
final class EmailPlain {

  private EmailPlain() {}

  static String of(EmailLetter letter) {
    StringBuilder text = new StringBuilder(letter.title()).append("\n\n");
    if (!letter.text().isEmpty()) {
      text.append(letter.text()).append("\n\n");
    }
    for (Fact fact : letter.facts()) {
      text.append(fact.name()).append(": ").append(fact.value()).append('\n');
    }
    if (!letter.output().isEmpty()) { // indented, so that it can't pose as anything else
      text.append("\nOutput:\n\n    ").append(letter.output().replace("\n", "\n    ")).append('\n');
    }
    letter.link().ifPresent(link -> text.append('\n').append(link.toASCIIString()).append('\n'));
    return text.append("\nSent by TrigRun\n").toString();
  }
}
