package io.trigrun.notify;

import io.trigrun.Job;
import io.trigrun.Trigger;
import io.trigrun.Workspace;
import io.trigrun.WorkspaceLimits;
import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpReply;
import io.trigrun.http.HttpTransport;
import io.trigrun.spi.Definition;
import io.trigrun.spi.Host;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.RevisionCache;
import io.trigrun.spi.SecretAccess;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.UniqueKey;
import io.trigrun.spi.WriteSet;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** A host without an engine: a store, a clock that stands, and a transport that writes down. */
final class TestHost implements Host, AutoCloseable {

  static final Instant NOW = Instant.parse("2026-03-16T10:00:00Z");

  private final TestStore.Opened opened;
  final JobStore store;
  final List<HttpCall> calls = new ArrayList<>();
  Function<HttpCall, CompletableFuture<HttpReply>> answer =
      call -> CompletableFuture.failedFuture(new AssertionError("expected no call"));
  Instant now = NOW;
  WorkspaceLimits limits = WorkspaceLimits.standard();
  int wakeUps;

  /** The keys that its caches were asked for, in turn. */
  final List<Object> asked = new ArrayList<>();

  /** Whether its caches keep what was loaded, and don't write down what they are asked. */
  boolean caching;

  TestHost(TestStore kind) {
    opened = kind.open();
    store = opened.store();
  }

  /** A job as core stores it, as far as rules look at it. */
  UUID job(String name) {
    UUID id = TimeOrderedId.at(now);
    store.write(
        WriteSet.save(
            new Definition(
                id,
                "default",
                "job",
                name,
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                true,
                1,
                now,
                now,
                "{}")));
    return id;
  }

  @Override
  public WorkspaceLimits limits(String workspace) {
    return limits;
  }

  @Override
  public JobStore store() {
    return store;
  }

  @Override
  public Clock clock() {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  @Override
  public HttpTransport transport() {
    return call -> {
      calls.add(call);
      return answer.apply(call);
    };
  }

  @Override
  public <K, V> RevisionCache<K, V> cache(Function<K, V> loader) {
    Map<K, V> known = new HashMap<>();
    return key -> {
      if (caching) {
        return known.computeIfAbsent(key, loader);
      }
      asked.add(key);
      return loader.apply(key);
    };
  }

  @Override
  public SecretAccess secrets() {
    return new TestSecrets(store);
  }

  @Override
  public Workspace workspace(String name) {
    throw new AssertionError("expected nobody to ask for workspace " + name);
  }

  @Override
  public NewExecution runOf(
      Job job,
      Trigger trigger,
      Optional<UUID> parent,
      Optional<UniqueKey> key,
      Optional<String> payload) {
    throw new AssertionError("expected nobody to ask for a run of " + job.name());
  }

  @Override
  public Executor threads() {
    return Runnable::run;
  }

  @Override
  public void wakeUp() {
    wakeUps++;
  }

  @Override
  public void close() {
    opened.close();
  }
}
