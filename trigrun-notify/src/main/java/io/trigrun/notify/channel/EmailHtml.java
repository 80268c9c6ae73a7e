package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import java.net.URI;

/**
 * Writes a letter as HTML that old mail programs show, too: nested tables, styles at each element,
 * no image, no script, nothing that is loaded. A style sheet, where it is understood, makes it dark
 * for those who like it dark.
 */
final class EmailHtml {

  private static final String FONT =
      "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
  private static final String MONO =
      "font-family:ui-monospace,SFMono-Regular,Consolas,Menlo,monospace;";
  private static final String SPACES = "white-space:pre-wrap;"; // columns and indents count
  private static final String TABLE =
      "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"";

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="supported-color-schemes" content="light dark">
      <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
      <title>%s</title>
      <style>
      :root { color-scheme: light dark; }
      @media (prefers-color-scheme: dark) {
      .page { background: #0d1117 !important; }
      .card { background: #161b22 !important; border-color: #30363d !important; }
      .text { color: #e6edf3 !important; border-color: #30363d !important; }
      .soft { color: #9198a1 !important; border-color: #30363d !important; }
      .code { color: #e6edf3 !important; background: #0d1117 !important; }
      .link { color: #4493f8 !important; }
      }
      </style>
      </head>
      """;

  private final StringBuilder html = new StringBuilder(4_096);

  private EmailHtml() {}

  static String of(EmailLetter letter) {
    EmailHtml page = new EmailHtml();
    page.write(letter);
    return page.html.toString();
  }

  private void write(EmailLetter letter) {
    html.append(HEAD.formatted(escape(letter.title())));
    html.append("<body class=\"page\" style=\"margin:0;padding:0;background:#f6f8fa;\">\n")
        .append(TABLE)
        .append(" width=\"100%\" class=\"page\" style=\"background:#f6f8fa;\"><tr>")
        .append("<td align=\"center\" style=\"padding:24px 12px;\">\n")
        .append(TABLE)
        .append(" width=\"600\" class=\"card\" style=\"width:100%;max-width:600px;")
        .append("background:#ffffff;border:1px solid #d1d9e0;border-radius:6px;\">\n");
    header(letter);
    if (!letter.text().isEmpty()) {
      row("text", "color:#1f2328;font-size:14px;line-height:20px;" + SPACES, lines(letter.text()));
    }
    facts(letter);
    if (!letter.output().isEmpty()) {
      String style =
          "color:#1f2328;background:#f6f8fa;font-size:12px;line-height:18px;word-break:break-word;";
      row("code", MONO + style + SPACES, lines(letter.output()));
    }
    letter.link().ifPresent(this::link);
    row("soft", "color:#59636e;font-size:12px;line-height:18px;", "Sent by TrigRun");
    html.append("</table>\n</td></tr></table>\n</body>\n</html>\n");
  }

  private void header(EmailLetter letter) {
    String colour = colour(letter.tone());
    html.append(
            "<tr><td bgcolor=\"%s\" dir=\"auto\" style=\"background:%s;".formatted(colour, colour))
        .append("border-radius:5px 5px 0 0;padding:16px 20px;color:#ffffff;" + FONT)
        .append("font-size:18px;font-weight:600;line-height:26px;word-break:break-word;\">")
        .append(escape(letter.title()))
        .append("</td></tr>\n");
  }

  private void facts(EmailLetter letter) {
    html.append("<tr><td style=\"padding:12px 20px 4px 20px;\">\n")
        .append(TABLE)
        .append(" width=\"100%\">\n");
    for (Fact fact : letter.facts()) {
      html.append("<tr>");
      cell("soft", "width=\"30%\"", "color:#59636e;", fact.name());
      cell("text", "dir=\"auto\"", "color:#1f2328;word-break:break-word;", fact.value());
      html.append("</tr>\n");
    }
    html.append("</table>\n</td></tr>\n");
  }

  private void cell(String kind, String attribute, String style, String text) {
    html.append("<td class=\"%s\" valign=\"top\" %s style=\"".formatted(kind, attribute))
        .append("padding:6px 12px 6px 0;border-bottom:1px solid #eff2f5;font-size:14px;")
        .append("line-height:20px;" + FONT + style + "\">")
        .append(escape(text))
        .append("</td>");
  }

  private void row(String kind, String style, String content) {
    html.append("<tr><td class=\"%s\" dir=\"auto\" style=\"padding:12px 20px;".formatted(kind))
        .append(style.startsWith(MONO) ? style : FONT + style)
        .append("\">")
        .append(content)
        .append("</td></tr>\n");
  }

  private void link(URI link) {
    String anchor =
        "<a class=\"link\" href=\"%s\" style=\"color:#0969da;\">Open</a>"
            .formatted(escape(link.toASCIIString()));
    row("text", "color:#1f2328;font-size:14px;line-height:20px;", anchor);
  }

  /** White text is legible on each of them. */
  private static String colour(Tone tone) {
    return switch (tone) {
      case GOOD -> "#1a7f37";
      case BAD -> "#cf222e";
      case WARNING -> "#9a6700";
      case NEUTRAL -> "#57606a";
    };
  }

  private static String lines(String text) {
    return escape(text).replace("\n", "<br>");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }
}
