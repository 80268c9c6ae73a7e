package io.trigrun.examples.quickstart;

import java.io.PrintStream;

/** Lines with the time since the start and who speaks. */
final class Console {

  private final PrintStream out;
  private final long start = System.nanoTime();

  Console(PrintStream out) {
    this.out = out;
  }

  void chapter(String title) {
    out.printf("%n== %s%n", title);
  }

  void say(String who, String what) {
    out.printf("%6.2f s  %-8s %s%n", (System.nanoTime() - start) / 1e9, who, what);
  }

  void line(String text) {
    out.println(text);
  }
}
