package io.trigrun.jdbc;

import io.trigrun.servers.TestServer;
import org.junit.jupiter.api.Test;

class MariaDbFailureTextsTest extends StoreFailureTexts {

  MariaDbFailureTextsTest() {
    super(TestServer.MARIADB);
  }

  @Test
  void what_does_not_fit_into_a_packet_is_refused_for_good() {
    String large = "\"" + "x".repeat(20_000_000) + "\"";
    assertFails(
        store(),
        Samples.enqueue(Samples.execution(), Samples.execution(large)),
        false,
        "got 20000002",
        "max_allowed_packet");
    assertFails(store(), Samples.enqueue(Samples.execution(large)), false, "raise it");
  }
}
