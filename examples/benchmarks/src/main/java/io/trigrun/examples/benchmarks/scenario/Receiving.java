package io.trigrun.examples.benchmarks.scenario;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@link Receiver} says: one per benchmark, started when it is first needed. */
final class Receiving {

  static final String SECRET = "whsec_benchmark";

  private final ChildJvm child;
  private final String url;

  private Receiving(ChildJvm child, String url) {
    this.child = child;
    this.url = url;
  }

  static Receiving start() throws IOException {
    ChildJvm child = ChildJvm.start(List.of("-Xmx512m"), Receiver.class, SECRET);
    Runtime.getRuntime().addShutdownHook(new Thread(child::close));
    return new Receiving(child, "http://127.0.0.1:" + child.answer() + "/hook");
  }

  String url() {
    return url;
  }

  void reset() throws IOException {
    var unused = child.ask("reset");
  }

  Report report() throws IOException {
    String[] figures = child.ask("report").split(" ", -1);
    return new Report(
        Integer.parseInt(figures[0]),
        Integer.parseInt(figures[1]),
        Integer.parseInt(figures[2]),
        Long.parseLong(figures[3]));
  }

  /**
   * What has arrived.
   *
   * @param genuine requests with a good signature
   * @param deliveries different ones among them
   * @param forged requests with a bad signature
   * @param nanos since the first request
   */
  record Report(int genuine, int deliveries, int forged, long nanos) {

    Map<String, Number> values(int expected) {
      Map<String, Number> values = new LinkedHashMap<>();
      values.put("per_second", deliveries / (nanos / 1e9));
      values.put("duplicates", genuine - deliveries);
      values.put("missing", Math.max(0, expected - deliveries) + forged);
      return values;
    }
  }
}
