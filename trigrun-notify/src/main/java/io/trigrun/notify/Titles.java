package io.trigrun.notify;

import io.trigrun.http.BodyPreview;

/** The first line of a message: a name that somebody chose, and what became of it. */
final class Titles {

  private static final int NAME_CHARACTERS = 200;

  private Titles() {}

  /** One line of at most 250 characters, however the name looks. */
  static String line(String name, String verb) {
    String oneLine =
        name.codePoints()
            .map(c -> Character.isISOControl(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    return oneLine.length() <= NAME_CHARACTERS
        ? oneLine + " " + verb
        : BodyPreview.cut(oneLine.substring(0, NAME_CHARACTERS - 1), NAME_CHARACTERS * 4)
            + "… "
            + verb;
  }
}
