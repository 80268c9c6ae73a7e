package io.trigrun.notify.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.notify.provider.DeliveryStamp;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Writes a mail as SMTP carries it: ASCII in lines of at most 76 characters, whatever it says. Of
 * an attempt only the date is new; the {@code Message-ID} is the delivery's, by which mail servers
 * drop repetitions.
 */
final class MimeMail {

  private static final String NEW_LINE = "\r\n";
  private static final int BYTES_OF_WORD = 39; // =?UTF-8?B?...?= of at most 64 characters
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(76, NEW_LINE.getBytes(US_ASCII));
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private MimeMail() {}

  static String of(EmailDocument document, EmailAddress from, String to, DeliveryStamp stamp) {
    String boundary = "trigrun-" + stamp.id();
    List<String> lines = new ArrayList<>();
    lines.add("Date: " + DATE.format(stamp.at()));
    lines.add("From: " + sender(from));
    lines.add("To: " + to);
    lines.add("Message-ID: <" + stamp.id() + "@" + from.domain() + ">");
    lines.add("Subject: " + words(document.subject()));
    lines.add("Auto-Submitted: auto-generated");
    lines.add("MIME-Version: 1.0");
    lines.add("Content-Type: multipart/alternative;");
    lines.add(" boundary=\"" + boundary + "\"");
    lines.add("");
    part(lines, boundary, "text/plain", document.text());
    part(lines, boundary, "text/html", document.html());
    lines.add("--" + boundary + "--");
    lines.add("");
    return String.join(NEW_LINE, lines);
  }

  private static void part(List<String> lines, String boundary, String type, String content) {
    lines.add("--" + boundary);
    lines.add("Content-Type: " + type + "; charset=UTF-8");
    lines.add("Content-Transfer-Encoding: base64");
    lines.add("");
    lines.add(LINES.encodeToString(content.replace("\n", NEW_LINE).getBytes(UTF_8)));
  }

  private static String sender(EmailAddress from) {
    return from.name().isEmpty()
        ? from.address()
        : words(from.name()) + NEW_LINE + " <" + from.address() + ">";
  }

  /**
   * As encoded words (RFC 2047), ASCII too: what is in base64 can neither end the header nor be
   * taken for an encoded word of its own.
   */
  private static String words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int size = 0;
    for (int i = 0; i < text.length(); ) {
      String character = Character.toString(text.codePointAt(i));
      int bytes = character.getBytes(UTF_8).length;
      if (size + bytes > BYTES_OF_WORD) {
        words.add(word(word));
        word.setLength(0);
        size = 0;
      }
      word.append(character);
      size += bytes;
      i += character.length();
    }
    words.add(word(word));
    return String.join(NEW_LINE + " ", words);
  }

  private static String word(StringBuilder text) {
    return "=?UTF-8?B?"
        + Base64.getEncoder().encodeToString(text.toString().getBytes(UTF_8))
        + "?=";
  }
}
