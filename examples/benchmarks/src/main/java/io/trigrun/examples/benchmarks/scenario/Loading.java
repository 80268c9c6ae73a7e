package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.examples.benchmarks.load.LoadGenerator;
import io.trigrun.examples.benchmarks.load.LoadReport;
import java.io.IOException;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;

/** The process that {@link LoadGenerator} runs in: one per benchmark. */
final class Loading {

  static final String SECRET = "load-load-load-load";
  static final int CONNECTIONS = 64;

  private final ChildJvm child;

  private Loading(ChildJvm child) {
    this.child = child;
  }

  static Loading start() throws IOException {
    ChildJvm child = ChildJvm.start(List.of("-Xmx128m"), LoadGenerator.class);
    Runtime.getRuntime().addShutdownHook(new Thread(child::close));
    return new Loading(child);
  }

  LoadReport run(int port, int seconds, List<String> targets) throws IOException {
    String figures =
        child.ask(
            String.join(
                " ",
                Integer.toString(port),
                Integer.toString(seconds),
                Integer.toString(CONNECTIONS),
                SECRET,
                String.join(",", targets)));
    BitSet accepted = numbers(child.answer());
    return LoadReport.read(figures, accepted, numbers(child.answer()));
  }

  private static BitSet numbers(String text) {
    return BitSet.valueOf(Base64.getDecoder().decode(text));
  }
}
