package io.trigrun.examples.benchmarks;

import io.trigrun.examples.benchmarks.scenario.Measurement;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The command: see {@link Help}. */
public final class Benchmarks {

  private static final int UNSOUND = 1;
  private static final int USAGE = 2;
  private static final int BROKEN = 3;

  private Benchmarks() {}

  public static void main(String[] args) throws IOException {
    String first = args.length == 0 ? "" : args[0];
    if (first.equals("jmh")) {
      org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
    } else if (Arrays.asList(args).contains("--help")) {
      System.out.print(Help.text());
    } else {
      System.exit(run(args)); // some peers leave threads behind
    }
  }

  private static int run(String... args) {
    Options options;
    try {
      options = Options.parse(args);
    } catch (UsageException e) {
      System.err.println(e.getMessage());
      System.err.println("see --help");
      return USAGE;
    }
    try {
      List<Measurement> measurements = new Runner(options, System.out, System.err).run();
      return measurements.stream().allMatch(Measurement::isSound) ? 0 : UNSOUND;
    } catch (Exception e) {
      e.printStackTrace();
      return BROKEN;
    }
  }
}
