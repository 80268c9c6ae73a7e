package io.trigrun.examples.approval;

import com.sun.net.httpserver.HttpServer;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.TrigRun;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.inbound.JdkInbound;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.schedule.Schedule;
import io.trigrun.workflow.LinkKey;
import io.trigrun.workflow.TriggerSpec;
import io.trigrun.workflow.TriggerVerification;
import io.trigrun.workflow.TriggerWithToken;
import io.trigrun.workflow.WorkflowRun;
import io.trigrun.workflow.Workflows;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A host with an H2 file, and a port at which people and programs answer its workflows. */
public final class ApprovalFlow implements AutoCloseable {

  /** A host keeps its key as it keeps passwords. As it stays the same, links survive a restart. */
  private static final LinkKey KEY =
      LinkKey.of("demonstration", "b25seSBmb3IgdGhpcyBkZW1vbnN0cmF0aW9uISEhISE=");

  final Services services = new Services();
  private final Semaphore happenings = new Semaphore(0);
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server;
  private final String url;
  private final JdbcJobStore store;
  private final Workflows workflows;
  private final TrigRun trigrun;
  private final Job review;
  private final Job order;
  private final TriggerWithToken trigger;

  private ApprovalFlow(HttpServer server, Path data) {
    url = "http://127.0.0.1:" + server.getAddress().getPort();
    this.server = server;
    store = JdbcJobStore.embedded(data);
    workflows =
        Workflows.builder()
            .links(url, KEY)
            .handler(
                Pipelines.PRINT_LABEL,
                JsonNode.class,
                (order, step) -> Map.of("text", "Order " + order.path("id").asString()))
            .build();
    trigrun =
        TrigRun.builder()
            .store(store)
            .extension(workflows)
            .egress(EgressPolicy.builder().allowLoopback().build())
            .listener(event -> happenings.release())
            .build();
    String api = url + Services.PATH;
    review =
        trigrun
            .jobs()
            .save(
                JobSpec.named("credit-limits")
                    .schedule(Schedule.cron("0 * * * *"))
                    .action(Pipelines.review(api))
                    .build());
    order = trigrun.jobs().save(JobSpec.named("orders").action(Pipelines.order(api)).build());
    trigger =
        workflows.triggers().find(order.id()).isEmpty()
            ? workflows.triggers().issue(order.id(), TriggerSpec.of(TriggerVerification.none()))
            : workflows.triggers().rotate(order.id(), Duration.ZERO); // shown once, and not kept
  }

  /** Opens everything, on this machine's loopback address only; port 0 takes a free one. */
  static ApprovalFlow open(Path data, int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    ApprovalFlow flow = new ApprovalFlow(server, data);
    server.setExecutor(flow.threads);
    server.createContext(Services.PATH, flow.services::answer);
    JdkInbound.mount(server, "/v1", flow.workflows.routes());
    server.start();
    flow.trigrun.start();
    return flow;
  }

  /** The review that waits, maybe since before a restart; else one that need not be due. */
  UUID review() {
    return newest(review, ExecutionState.WAITING)
        .orElseGet(() -> trigrun.jobs().runNow(review.id()).id());
  }

  /** Sends an order as a shop elsewhere does. However often it sends one, it runs once. */
  UUID order(String deliveryId, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v1/triggers/" + trigger.token()))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", deliveryId)
            .POST(BodyPublishers.ofString(json))
            .build();
    HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    return newest(order).orElseThrow();
  }

  private Optional<UUID> newest(Job job, ExecutionState... states) {
    ExecutionQuery query = trigrun.executions().query().job(job.id()).states(states);
    return trigrun.executions().list(query).items().stream().map(Execution::id).findFirst();
  }

  /** Waits until somebody has to be asked, and says where: review_url, approve_url, reject_url. */
  String link(UUID run, String name) throws InterruptedException {
    WorkflowRun asking = await(run, it -> it.waitingPayload().isPresent());
    String payload = asking.waitingPayload().orElseThrow().text();
    return JsonMapper.shared().readTree(payload).path(name).stringValue();
  }

  /** Waits for the end. */
  WorkflowRun end(UUID run) throws InterruptedException {
    return await(run, it -> it.execution().state().isFinal());
  }

  WorkflowRun now(UUID run) {
    return workflows.runs().find(run).orElseThrow();
  }

  private WorkflowRun await(UUID run, Predicate<WorkflowRun> isSo) throws InterruptedException {
    WorkflowRun now = now(run);
    while (!isSo.test(now)) {
      happenings.acquire();
      now = now(run);
    }
    return now;
  }

  @Override
  public void close() {
    server.stop(0);
    trigrun.close();
    store.close();
    threads.shutdown();
  }

  /** Runs both; the port may be given. Ends when the review was decided, or 10 minutes later. */
  public static void main(String[] args) throws Exception {
    int port = args.length == 0 ? 8080 : Integer.parseInt(args[0]);
    Path data = Path.of(System.getProperty("java.io.tmpdir"), "trigrun-approval-flow-" + port);
    try (ApprovalFlow flow = open(data, port)) {
      say(flow.end(flow.order(UUID.randomUUID().toString(), Pipelines.AN_ORDER)));
      UUID review = flow.review();
      System.out.printf("%nDecide within 10 minutes:%n  %s%n", flow.link(review, "review_url"));
      System.out.printf("Ctrl-C ends this, not the run: it goes on at the next start.%n%n");
      say(flow.end(review));
      flow.services.writes().forEach(write -> System.out.println("  a service got " + write));
    }
  }

  private static void say(WorkflowRun run) {
    Execution end = run.execution();
    System.out.println(
        end.state() + " " + end.failure().map(Failure::message).or(end::output).orElse(""));
    run.stepExecutions()
        .forEach(it -> System.out.println("  " + it.stepId() + it.iteration() + " " + it.status()));
  }
}
