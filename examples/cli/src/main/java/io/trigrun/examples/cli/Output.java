package io.trigrun.examples.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/**
 * Where answers and troubles are told. Nothing hidden gets through, and no text steers a terminal.
 */
final class Output {

  private final PrintStream out;
  private final PrintStream err;
  private final Screen screen;
  private final Hidden hidden = new Hidden();
  private volatile boolean rewriting;

  Output(PrintStream out, PrintStream err, Screen screen) {
    this.out = out;
    this.err = err;
    this.screen = screen;
  }

  Hidden hidden() {
    return hidden;
  }

  Screen screen() {
    return screen;
  }

  void json(String text) {
    out.println(Json.printable(hidden.inJson(text.strip())));
  }

  void line(String text) {
    out.println(Cells.clean(hidden.in(text)));
  }

  void table(Table table) {
    print(table.lines(screen));
  }

  void sheet(Sheet sheet) {
    print(sheet.lines(screen));
  }

  /** Lines whose parts are clean, with colours of ours maybe. */
  private void print(List<String> lines) {
    lines.forEach(line -> out.println(hidden.in(line)));
  }

  /** Text of ours, as it is: a script for a shell. */
  void script(String text) {
    out.print(text);
    out.flush();
  }

  /** For people, beside what was asked for. */
  void note(String text) {
    err.println(Cells.clean(hidden.in(text)));
  }

  /** Over what was written so before; only to a terminal. */
  void rewrite(String text) {
    rewriting = true;
    out.print("\r" + Cells.cut(Cells.clean(hidden.in(text)), screen.columns() - 1) + "\u001b[K");
    out.flush();
  }

  /** What comes next stands on a line of its own, be it the prompt of a shell. */
  void leaveLine() {
    if (rewriting) {
      rewriting = false;
      out.println();
      out.flush();
    }
  }

  /** For help that was asked for; it is ASCII. */
  PrintWriter writer() {
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }

  /** To somebody who has not asked for it. */
  void help(CommandLine command) {
    command.usage(err);
  }

  void failure(String who, Failure failure, boolean asJson) {
    if (asJson && failure.json().isPresent()) {
      err.println(Json.printable(hidden.inJson(failure.json().orElseThrow().strip())));
      return;
    }
    note(who + ": " + failure.message());
    failure.details().forEach(each -> note("  " + each));
  }
}
