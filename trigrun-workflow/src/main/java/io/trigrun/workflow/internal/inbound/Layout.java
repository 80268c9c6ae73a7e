package io.trigrun.workflow.internal.inbound;

import java.util.function.Consumer;

/** The frame of all pages. */
final class Layout {

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="robots" content="noindex, nofollow">
      <meta name="referrer" content="no-referrer">
      <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">""";

  private Layout() {}

  /**
   * A page.
   *
   * @param title of the window
   * @param main fills in the rest
   */
  static String page(String title, Consumer<Html> main) {
    Html html = new Html();
    html.markup(HEAD).inline("<title>").text(title, PageText.LONGEST_TITLE).markup("</title>");
    html.inline("<style>").inline(Stylesheet.CSS).markup("</style>");
    html.markup("</head>").markup("<body>").markup("<main>");
    main.accept(html);
    return html.markup("</main>").markup("</body>").markup("</html>").toString();
  }
}
