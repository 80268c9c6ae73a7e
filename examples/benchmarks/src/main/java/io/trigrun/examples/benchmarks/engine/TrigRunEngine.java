package io.trigrun.examples.benchmarks.engine;

import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionRequest;
import io.trigrun.ExecutionState;
import io.trigrun.Page;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.jdbc.JdbcJobStore;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** TrigRun on PostgreSQL, with its defaults: every execution and every attempt is kept. */
final class TrigRunEngine implements Engine {

  private static final String HANDLER = "work";

  private final String name;
  private final int workers;
  private final double share;
  private final UnaryOperator<TrigRunBuilder> completion;

  private TrigRunEngine(
      String name, int workers, double share, UnaryOperator<TrigRunBuilder> completion) {
    this.name = name;
    this.workers = workers;
    this.share = share;
    this.completion = completion;
  }

  /** Completions in groups, as it comes. */
  static TrigRunEngine grouped() {
    return new TrigRunEngine("trigrun", 32, 1, builder -> builder);
  }

  /** Each completion recorded by a commit of its own. */
  static TrigRunEngine oneByOne() {
    return new TrigRunEngine("trigrun-single", 64, 0.3, builder -> builder.groupCompletions(false));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int bestWorkers() {
    return workers;
  }

  @Override
  public double share() {
    return share;
  }

  @Override
  public void createTables(DataSource dataSource) {
    JdbcJobStore.builder(dataSource).migrate(true).open().close();
  }

  @Override
  public Node open(NodeSetup setup) {
    JdbcJobStore store = JdbcJobStore.open(setup.dataSource());
    TrigRunBuilder builder =
        TrigRun.builder()
            .store(store)
            .node(setup.name())
            .queue("default", setup.workers())
            .handler(HANDLER, Integer.class, (number, context) -> setup.work().accept(number));
    return new TrigRunNode(store, completion.apply(builder).build());
  }

  private record TrigRunNode(JdbcJobStore store, TrigRun trigrun) implements Node {

    private static final int PAGE = 1_000;

    @Override
    public void enqueue(int number) {
      trigrun.enqueue(ExecutionRequest.of(HANDLER, number));
    }

    @Override
    public void enqueueBatch(int first, int count) {
      trigrun.enqueue(requests(first, count));
    }

    @Override
    public void scheduleBatch(int first, int count, Instant due) {
      trigrun.enqueue(requests(first, count).stream().map(request -> request.at(due)).toList());
    }

    private static List<ExecutionRequest> requests(int first, int count) {
      return IntStream.range(first, first + count)
          .mapToObj(number -> ExecutionRequest.of(HANDLER, number))
          .toList();
    }

    @Override
    public void start() {
      trigrun.start();
    }

    /** What it holds and has not recorded; once that is nothing, what the store says. */
    @Override
    public long unfinished() {
      long held = trigrun.health().inFlight().values().stream().mapToInt(each -> each).sum();
      return held > 0 ? held : live();
    }

    private long live() {
      Instant now = Instant.now();
      Page<Execution> page =
          trigrun
              .executions()
              .list(all().states(ExecutionState.PENDING, ExecutionState.RUNNING).limit(PAGE));
      return page.items().stream().filter(each -> !each.scheduledFor().isAfter(now)).count();
    }

    @Override
    public long stored() {
      Page<Execution> page = trigrun.executions().list(all().limit(PAGE));
      long count = page.items().size();
      while (page.next().isPresent()) {
        page = trigrun.executions().list(all().limit(PAGE).after(page.next().get()));
        count += page.items().size();
      }
      return count;
    }

    private ExecutionQuery all() {
      return trigrun.executions().query().handler(HANDLER);
    }

    @Override
    public void close() {
      trigrun.close();
      store.close();
    }
  }
}
