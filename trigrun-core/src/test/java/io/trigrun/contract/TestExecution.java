package io.trigrun.contract;

import io.trigrun.Priority;
import io.trigrun.Trigger;
import io.trigrun.spi.Concurrency;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.UniqueKey;
import io.trigrun.trace.TraceContext;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** An execution to enqueue: due now, in the usual queue, unless a test says otherwise. */
public final class TestExecution {

  static final String WORKSPACE = "workspace";
  static final String QUEUE = "queue";
  static final String HANDLER = "handler";

  private static final AtomicLong LAST_ID = new AtomicLong();

  private final UUID id = nextId();
  private String workspace = WORKSPACE;
  private String queue = QUEUE;
  private String handler = HANDLER;
  private Optional<UUID> jobId = Optional.empty();
  private Optional<UUID> parentId = Optional.empty();
  private Trigger trigger = Trigger.ENQUEUE;
  private Priority priority = Priority.NORMAL;
  private Instant dueAt = StoreContract.NOW;
  private Instant createdAt = StoreContract.NOW;
  private Optional<UniqueKey> uniqueKey = Optional.empty();
  private Optional<Concurrency> concurrency = Optional.empty();
  private Optional<TraceContext> trace = Optional.empty();

  private TestExecution() {}

  public static TestExecution execution() {
    return new TestExecution();
  }

  /** Rises, with the version and variant bits of a UUID of version 7. */
  static UUID nextId() {
    long number = LAST_ID.incrementAndGet();
    return new UUID(0x0190_0000_0000_7000L + (number << 16), 0x8000_0000_0000_0000L + number);
  }

  public UUID id() {
    return id;
  }

  public TestExecution workspace(String value) {
    workspace = value;
    return this;
  }

  public TestExecution queue(String value) {
    queue = value;
    return this;
  }

  public TestExecution handler(String value) {
    handler = value;
    return this;
  }

  public TestExecution job(UUID value) {
    jobId = Optional.of(value);
    return this;
  }

  public TestExecution parent(UUID value) {
    parentId = Optional.of(value);
    return this;
  }

  public TestExecution trigger(Trigger value) {
    trigger = value;
    return this;
  }

  public TestExecution priority(Priority value) {
    priority = value;
    return this;
  }

  public TestExecution due(Instant value) {
    dueAt = value;
    return this;
  }

  public TestExecution created(Instant value) {
    createdAt = value;
    return this;
  }

  /** Its key is free again when it has ended. */
  public TestExecution uniqueWhileLive(String key) {
    uniqueKey = Optional.of(new UniqueKey(key, UniqueKey.Scope.WHILE_LIVE));
    return this;
  }

  /** Its key is free again when it is purged. */
  public TestExecution uniqueWhileKept(String key) {
    uniqueKey = Optional.of(UniqueKey.whileKept(key));
    return this;
  }

  public TestExecution limited(String key, int limit) {
    concurrency = Optional.of(new Concurrency(key, limit));
    return this;
  }

  public TestExecution trace(TraceContext value) {
    trace = Optional.of(value);
    return this;
  }

  public NewExecution build() {
    return new NewExecution(
        id,
        workspace,
        queue,
        handler,
        jobId,
        parentId,
        Optional.empty(),
        trigger,
        priority,
        dueAt,
        dueAt,
        createdAt,
        uniqueKey,
        concurrency,
        "{\"n\":1}",
        trace);
  }
}
