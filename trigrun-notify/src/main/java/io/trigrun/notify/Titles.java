package io.trigrun.notify;

import io.trigrun.notify.internal.Beginning;
import io.trigrun.notify.internal.OneLine;

/** The first line of a message: a name that somebody chose, and what became of it. */
final class Titles {

  private static final int NAME_CHARACTERS = 200;

  private Titles() {}

  /** One line of at most 250 characters, however the name looks. */
  static String line(String name, String verb) {
    return Beginning.marked(OneLine.of(name), NAME_CHARACTERS) + " " + verb;
  }
}
