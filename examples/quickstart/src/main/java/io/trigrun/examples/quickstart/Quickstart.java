package io.trigrun.examples.quickstart;

/** Runs the quickstart; for the moment it only says that the build works. */
public final class Quickstart {
  private Quickstart() {}

  public static void main(String[] args) {
    System.out.println("TrigRun quickstart: nothing to show yet");
  }
}
