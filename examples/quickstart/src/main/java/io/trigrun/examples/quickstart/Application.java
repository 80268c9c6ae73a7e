package io.trigrun.examples.quickstart;

import io.trigrun.Job;
import io.trigrun.TrigRun;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.handler.JobContext;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.notify.Notifications;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;

/** A host application: one H2 file, in it the host's table and TrigRun's. */
final class Application implements AutoCloseable {

  /**
   * A host keeps its key where the database's backups are not; this one is for one demonstration.
   */
  private static final SecretCipher CIPHER =
      SecretCipher.aesGcm(KeyRing.of("demonstration", KeyRing.generateKey()));

  static final String CONFIRM = "confirm-order";
  static final String REMIND = "remind-customer";

  private final JdbcConnectionPool database;
  private final JdbcJobStore store;
  private final Shop shop;
  private final Console console;
  private final Notifications notifications = Notifications.create();
  private final TrigRun trigrun;

  private Application(String node, Path file, Console console, Expectations expectations) {
    this.console = console;
    database = JdbcConnectionPool.create("jdbc:h2:async:" + file.toAbsolutePath(), "sa", "");
    store = JdbcJobStore.builder(database).migrate(true).open();
    shop = new Shop(database, console);
    trigrun =
        TrigRun.builder()
            .store(store)
            .node(node)
            .handler(CONFIRM, Order.class, this::confirm)
            .handler(REMIND, Order.class, this::remind)
            .extension(notifications)
            .secrets(CIPHER)
            .egress(EgressPolicy.builder().allowLoopback().build())
            .listener(new Narrator(console, this::jobName))
            .listener(event -> expectations.look())
            .build();
  }

  static Application open(String node, Path file, Console console, Expectations expectations)
      throws SQLException {
    Application application = new Application(node, file, console, expectations);
    application.shop.open();
    return application;
  }

  private void confirm(Order order, JobContext context) {
    console.say("host", "confirming order " + order.id());
  }

  private void remind(Order order, JobContext context) {
    console.say("host", "reminding the customer of order " + order.id());
  }

  String jobName(UUID jobId) {
    return trigrun.jobs().find(jobId).map(Job::name).orElse("a deleted job");
  }

  void start() {
    trigrun.start();
  }

  void stop() {
    trigrun.stop(Duration.ofSeconds(5));
  }

  TrigRun trigrun() {
    return trigrun;
  }

  Notifications notifications() {
    return notifications;
  }

  Shop shop() {
    return shop;
  }

  @Override
  public void close() {
    trigrun.close();
    store.close();
    database.dispose();
  }
}
