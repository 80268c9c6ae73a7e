package io.trigrun.examples.cli;

/** What the shell is told; the table stands in docs/cli.md. */
final class ExitCode {

  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int USAGE = 2;
  static final int UNREACHABLE = 3;
  static final int UNAUTHORIZED = 4;
  static final int WATCHED_FAILED = 5;
  static final int BUG = 70;

  private ExitCode() {}
}
