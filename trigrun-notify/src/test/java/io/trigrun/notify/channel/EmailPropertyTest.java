package io.trigrun.notify.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.notify.TestMessages;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.notify.provider.Rendering;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a message says, mail stays mail. */
class EmailPropertyTest {

  private static final EmailConfig OPS = new EmailConfig("ops@example.com", true);
  private static final EmailAddress FROM =
      EmailAddress.parse("\"Alerts, “night”\" <alerts@example.com>");
  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final String FRAME = EmailHtml.of(EmailLetter.of(message("x", "x", "x"), true));

  @Property(tries = 300)
  void the_html_has_the_tags_of_the_layout_and_no_other(
      @ForAll("texts") String title,
      @ForAll("texts") String value,
      @ForAll("texts") String output) {
    String html = EmailHtml.of(EmailLetter.of(message(title, value, output), true));

    assertThat(tags(html).replace("<br>", "")).isEqualTo(tags(FRAME));
    assertThat(html).doesNotContain("<img", "<script");
    assertThat(html.getBytes(UTF_8)).hasSizeLessThan(102 * 1_024);
    assertThat(html.chars()).noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
    assertThat(bidi(html)).isFalse();
  }

  @Example
  void the_indents_and_columns_of_an_output_stay() {
    String html = EmailHtml.of(EmailLetter.of(message("x", "x", "a  b\n    c"), true));
    assertThat(html).containsPattern("white-space:pre-wrap;\">xa  b<br> {4}c<");
  }

  @Property(tries = 300)
  void nothing_looks_like_a_link_but_the_link(
      @ForAll("texts") String title,
      @ForAll("texts") String value,
      @ForAll("texts") String output) {
    String text = EmailPlain.of(EmailLetter.of(message(title, value, output), true));

    assertThat(text).doesNotContain("://", "www.e", "@e", "example.com", "mailto:x");
    assertThat(bidi(text)).isFalse();
  }

  @Property(tries = 300)
  void the_stored_form_is_stable_and_read_back(@ForAll("texts") String title) {
    Message message = message(title, title, title);
    Rendering rendering = EmailDocument.of(message, FROM, OPS).rendering();

    assertThat(EmailDocument.of(message, FROM, OPS).rendering()).isEqualTo(rendering);
    assertThat(EmailDocument.read(rendering).orElseThrow().rendering()).isEqualTo(rendering);
    assertThat(JsonText.read(rendering.body()).path("subject").stringValue())
        .isNotBlank()
        .hasSizeLessThanOrEqualTo(250)
        .matches("[^\\p{Cntrl}]*");
  }

  @Property(tries = 200)
  void the_mail_is_ascii_in_short_lines_and_parses_back(@ForAll("texts") String title)
      throws Exception {
    EmailDocument document = EmailDocument.of(message(title, title, title), FROM, OPS);
    String mime = MimeMail.of(document, FROM, OPS.email(), TestMessages.STAMP);

    assertThat(US_ASCII.newEncoder().canEncode(mime)).isTrue();
    assertThat(mime.split("\r\n", -1)).allMatch(line -> line.length() <= 78);
    assertThat(mime.replace("\r\n", "")).doesNotContain("\r", "\n");

    MimeMessage read =
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(mime.getBytes(US_ASCII)));
    assertThat(Collections.list(read.getAllHeaders()).stream().map(header -> header.getName()))
        .containsExactly(
            "Date",
            "From",
            "To",
            "Message-ID",
            "Subject",
            "Auto-Submitted",
            "MIME-Version",
            "Content-Type");
    assertThat(read.getSubject()).isEqualTo(document.subject());
    assertThat(read.getMessageID()).isEqualTo("<019547f8-0000-7000-8000-000000000009@example.com>");
    assertThat(read.getSentDate().toInstant()).isEqualTo(TestMessages.STAMP.at());
    InternetAddress from = (InternetAddress) read.getFrom()[0];
    assertThat(from.getAddress()).isEqualTo("alerts@example.com");
    assertThat(MimeUtility.decodeText(from.getPersonal())).isEqualTo(FROM.name());
    assertThat(read.getAllRecipients()).containsExactly(new InternetAddress("ops@example.com"));
    MimeMultipart parts = (MimeMultipart) read.getContent();
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
    assertThat(content(parts, 0)).isEqualTo(document.text());
    assertThat(content(parts, 1)).isEqualTo(document.html());
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "<img src=x>",
            "</td></table>",
            "&lt;",
            "\"'",
            "http://example.com/",
            "www.example.com",
            "x@example.com",
            "mailto:x@e.org",
            "\r\nBcc: all@example.com\r\n\r\n",
            "\u202e\u2066",
            "👩‍👩‍👧‍👦",
            "e\u0301",
            "=?UTF-8?B?eA==?=",
            "--trigrun-019547f8-0000-7000-8000-000000000009--",
            "\n.\n",
            "&".repeat(5_000),
            "漢".repeat(5_000),
            "%s%n");
    Arbitrary<String> any =
        Arbitraries.integers()
            .between(1, Character.MAX_CODE_POINT)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .map(Character::toString)
            .list()
            .ofMaxSize(200)
            .map(list -> String.join("", list));
    return Arbitraries.oneOf(pieces, any).list().ofMaxSize(8).map(list -> String.join("", list));
  }

  private static Message message(String title, String value, String output) {
    return TestMessages.failed(
        Notice.of(title, Tone.BAD)
            .withText("x" + output)
            .withFacts(Collections.nCopies(20, new Fact("Name", value)))
            .withOutput(Optional.of("x" + output)));
  }

  private static String tags(String html) {
    StringBuilder tags = new StringBuilder();
    TAG.matcher(html).results().forEach(match -> tags.append(match.group()));
    return tags.toString();
  }

  private static boolean bidi(String text) {
    return List.of("\u202e", "\u2066", "\u200f").stream().anyMatch(text::contains);
  }

  private static String content(MimeMultipart parts, int index) throws Exception {
    byte[] bytes = parts.getBodyPart(index).getInputStream().readAllBytes();
    return new String(bytes, UTF_8).replace("\r\n", "\n");
  }
}
