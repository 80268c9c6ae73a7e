package io.trigrun.examples.server;

import java.util.Map;

/**
 * What the JDK's HTTP server reads from system properties, once, when its first class is loaded.
 * What was set on the command line of the JVM stays.
 */
final class ServerLimits {

  /** Seconds to send a request, its body included: a slow client holds a thread, or memory. */
  private static final int REQUEST = 30;

  /** Seconds to take an answer. */
  private static final int ANSWER = 120;

  private ServerLimits() {}

  static void apply(int requests) {
    Map.of(
            "sun.net.httpserver.maxReqTime",
            REQUEST,
            "sun.net.httpserver.maxRspTime",
            ANSWER,
            "sun.net.httpserver.idleInterval",
            60,
            "sun.net.httpserver.maxReqHeaders",
            200, // then 431 comes before that
            "jdk.httpserver.maxConnections",
            Math.max(1_024, 8 * requests))
        .forEach((name, value) -> setUnlessSet(name, value.toString()));
    // Else each answer of two writes waits 40 ms for an acknowledgement.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
  }

  private static void setUnlessSet(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
