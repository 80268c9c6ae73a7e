package io.trigrun.examples.server;

import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.inbound.PingRoutes;
import io.trigrun.management.Management;
import io.trigrun.notify.Notifications;
import io.trigrun.schedulefile.ScheduleFile;
import io.trigrun.secret.SecretCipher;
import io.trigrun.workflow.LinkKey;
import io.trigrun.workflow.Workflows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that is open while the server runs. */
final class RunningServer implements AutoCloseable {

  private static final String TOKEN = "TRIGRUN_TOKEN";

  private final Options options;
  private final List<String> news = new ArrayList<>();
  private final List<Port> ports = new ArrayList<>();
  private final Deque<Runnable> closers = new ArrayDeque<>(); // what was opened last is first

  private RunningServer(Options options) {
    this.options = options;
  }

  /** Opens everything. When it returns, the server answers. */
  static RunningServer start(Options options, Map<String, String> environment) throws IOException {
    RunningServer server = new RunningServer(options);
    try {
      server.start(Optional.ofNullable(environment.get(TOKEN)).filter(it -> !it.isBlank()));
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void start(Optional<String> token) throws IOException {
    Port managed = take(options.host, options.port);
    Port open =
        options.publicPort.isPresent()
            ? take(options.openHost(), options.publicPort.get())
            : managed;
    String url = options.publicUrl.orElse(open.url());
    DataDirectory data = DataDirectory.open(options.data);
    List<LinkKey> keys = data.linkKeys();
    LinkKey[] older = keys.stream().skip(1).toArray(LinkKey[]::new);
    Workflows workflows = Workflows.builder().links(url, keys.get(0), older).build();
    TrigRun trigrun = build(data, workflows);
    applyFile(trigrun);
    Callers callers = Callers.of(trigrun, token);
    InboundRoutes world = InboundRoutes.of(workflows.routes(), PingRoutes.of(trigrun));
    Management management = Management.routes(trigrun, callers.tokens(), url).documenting(world);
    trigrun.start();
    if (open == managed) {
      serve(managed, InboundRoutes.of(management, world), new Beside(trigrun, management));
    } else {
      serve(managed, management, new Beside(trigrun, management));
      serve(open, world, request -> Optional.empty());
      news.add("public: " + open.url());
    }
    callers.first().ifPresent(text -> news.add("token: " + text));
    news.add("ready: " + managed.url());
  }

  private Port take(String host, int number) throws IOException {
    Port port = Port.take(host, number, options.requests);
    ports.add(port);
    return port;
  }

  private void serve(Port port, InboundRoutes routes, InboundRoutes beside) {
    boolean direct = options.proxies == 0;
    port.start(direct ? routes : InboundRoutes.behindProxies(options.proxies, routes), beside);
  }

  private TrigRun build(DataDirectory data, Workflows workflows) throws IOException {
    EgressPolicy policy = Reach.policy(options.networks);
    Notifications notifications = Messengers.open(options, policy);
    SecretCipher cipher = SecretCipher.aesGcm(data.secretKeys());
    Database database = Database.open(data, options.jdbcUrl);
    closers.push(database::close);
    TrigRunBuilder builder =
        TrigRun.builder()
            .store(database.store())
            .extension(notifications)
            .extension(workflows)
            .secrets(cipher)
            .egress(policy);
    TrigRun trigrun = (options.commands ? builder.allowCommands() : builder).build();
    closers.push(trigrun::close);
    closers.push(() -> trigrun.stop(options.grace()));
    return trigrun;
  }

  private void applyFile(TrigRun trigrun) {
    if (options.scheduleFile.isPresent()) {
      news.add(trigrun.scheduleFiles().apply(read(options.scheduleFile.get())).toString());
    }
  }

  private static ScheduleFile read(Path path) {
    try {
      return ScheduleFile.read(path);
    } catch (IOException e) {
      throw new IllegalStateException(
          "--schedule-file: expected a file that can be read, %s, got %s: %s"
              .formatted(
                  path.toAbsolutePath().normalize(), e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  /** What whoever started it has to know: what was changed, a new token, and where it is. */
  List<String> news() {
    return List.copyOf(news);
  }

  /** Answers nobody any more, hands back what runs, and lets go of the database. */
  @Override
  public void close() {
    ports.forEach(Port::close);
    closers.forEach(Runnable::run);
  }
}
