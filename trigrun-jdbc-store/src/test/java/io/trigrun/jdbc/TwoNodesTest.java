package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionRequest;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one process enqueues on PostgreSQL starts on another at once, and not when it polls. */
@Timeout(60)
class TwoNodesTest {

  private final TestDatabase database = TestServer.POSTGRESQL.create();
  private final DataSource pool = database.dataSource();
  private final JobStore ofHost = TestDatabases.store(pool);
  private final JobStore ofNode = TestDatabases.store(pool);
  private final TrigRun host = TrigRun.builder().store(ofHost).build(); // never started
  private final BlockingQueue<Json> ran = new LinkedBlockingQueue<>();
  private final TrigRun node =
      TrigRun.builder()
          .store(ofNode)
          .pollInterval(Duration.ofMinutes(1))
          .handler("work", Json.class, (payload, context) -> ran.add(payload))
          .build();

  /** When it has listened, and what was due before has run, it sleeps for a minute. */
  @BeforeEach
  void the_node_sleeps() throws Exception {
    node.start();
    enqueue("0");
    awaitRun("0");
  }

  @AfterEach
  void close() {
    node.close();
    host.close();
    ofNode.close();
    ofHost.close();
    assertThat(database.activeConnections()).isZero();
    database.close();
  }

  private static ExecutionRequest work(String payload) {
    return ExecutionRequest.of("work", new Json(payload));
  }

  private void enqueue(String payload) {
    host.enqueue(work(payload));
  }

  private void awaitRun(String payload) throws InterruptedException {
    Json run = ran.poll(20, TimeUnit.SECONDS);
    assertThat(run).isNotNull();
    assertThat(run.text()).isEqualTo(payload);
  }

  @Test
  void enqueued_by_itself_by_hundreds() throws Exception {
    for (int i = 1; i <= 200; i++) {
      enqueue(Integer.toString(i));
      awaitRun(Integer.toString(i));
    }
  }

  @Test
  void enqueued_for_later() throws Exception {
    host.enqueue(work("1").delay(Duration.ofMillis(300)));
    awaitRun("1");
  }

  @Test
  void enqueued_in_a_transaction_of_the_host() throws Exception {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      host.enqueue(JdbcSession.of(connection), work("1"));
      enqueue("2");
      awaitRun("2");
      connection.commit();
      awaitRun("1");
      connection.setAutoCommit(true);
    }
  }
}
