package io.trigrun.workflow.internal.run;

import io.trigrun.ConflictException;
import io.trigrun.NotFoundException;
import io.trigrun.spi.Host;
import io.trigrun.spi.WriteResult;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import io.trigrun.workflow.JobContextValues;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/** The persistent contexts of one workspace's jobs. */
public final class StoredContexts implements JobContextValues {

  private static final int MOST_TRIES = 50;

  /** Of a job, in characters of JSON. */
  static final int LONGEST = 256 * 1024;

  private final Host host;
  private final JobContextStore contexts;
  private final String workspace;

  StoredContexts(Host host, JobContextStore contexts, String workspace) {
    this.host = host;
    this.contexts = contexts;
    this.workspace = workspace;
  }

  /**
   * All of a job's, at one moment.
   *
   * @param version goes up with each change; 0 if nothing was ever written
   */
  public record Versioned(Map<String, String> values, long version) {}

  @Override
  public Map<String, String> get(UUID jobId) {
    return find(jobId).values();
  }

  /** As {@link #get}, with its version. */
  public Versioned find(UUID jobId) {
    requireJob(jobId);
    return contexts
        .find(jobId)
        .map(found -> new Versioned(texts(JobContextStore.values(found)), found.version()))
        .orElseGet(() -> new Versioned(Map.of(), 0));
  }

  @Override
  public Map<String, String> patch(UUID jobId, Map<String, Optional<String>> changes) {
    return patch(jobId, changes, version -> {}).values();
  }

  /**
   * As {@link #patch(UUID, Map)}, if it is to be changed at all as it is.
   *
   * @param asItIs is told the version that is about to be changed, and throws what is to be thrown
   */
  public Versioned patch(UUID jobId, Map<String, Optional<String>> changes, LongConsumer asItIs) {
    Problems problems = new Problems();
    changes.forEach(
        (key, value) -> {
          problems.check(
              !key.isBlank()
                  && key.length() <= 100
                  && key.chars().noneMatch(Character::isISOControl),
              "context",
              "keys of 1 to 100 characters without control characters",
              key);
          StorableText.problem(key, "context").ifPresent(problems::add);
          value
              .flatMap(text -> StorableText.problem(text, "context." + key))
              .ifPresent(problems::add);
        });
    problems.throwIfAny();
    requireJob(jobId);
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      JobContextStore.Change change =
          contexts.plan(workspace, jobId, changes, host.clock().instant());
      asItIs.accept(change.version() - 1);
      int length = change.values().toString().length();
      Problems.require(
          length <= LONGEST,
          "context",
          "at most " + LONGEST + " characters of JSON in all",
          length + " characters");
      if (host.store().write(change.write()) instanceof WriteResult.Stored) {
        return new Versioned(texts(change.values()), change.version());
      }
      requireJob(jobId);
    }
    throw new ConflictException(
        "expected the context of job " + jobId + " not to change all the time; try again");
  }

  private void requireJob(UUID jobId) {
    if (host.workspace(workspace).jobs().find(jobId).isEmpty()) {
      throw new NotFoundException("job", jobId);
    }
  }

  private static Map<String, String> texts(JsonNode values) {
    Map<String, String> texts = new LinkedHashMap<>();
    values.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
    return Collections.unmodifiableMap(texts);
  }
}
