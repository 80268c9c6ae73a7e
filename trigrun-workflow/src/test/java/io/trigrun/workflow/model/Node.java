package io.trigrun.workflow.model;

import io.trigrun.TrigRun;
import io.trigrun.spi.Extension;
import io.trigrun.spi.Host;
import io.trigrun.spi.JobStore;
import io.trigrun.testing.ManualClock;
import io.trigrun.workflow.LinkKey;
import io.trigrun.workflow.StepFailedException;
import io.trigrun.workflow.StepHandler;
import io.trigrun.workflow.Workflows;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import tools.jackson.databind.JsonNode;

/** A TrigRun on which all that happens in a run happens on the thread of the test. */
final class Node implements AutoCloseable {

  static final LinkKey KEY = LinkKey.of("k1", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
  static final String URL = "https://jobs.example.com";

  final Workflows workflows;
  final TrigRun trigrun;

  /**
   * @param calls counted by step key
   */
  Node(JobStore store, ManualClock clock, Map<String, Integer> calls) {
    StepHandler<JsonNode> work =
        (input, step) -> {
          String key =
              step.stepId()
                  + (step.iteration().isEmpty()
                      ? ""
                      : step.iteration().toString().replace(" ", ""));
          int call = calls.merge(key, 1, Integer::sum);
          if (call <= input.path("fails").intValue()) {
            StepFailedException busy = new StepFailedException("BUSY", "not now");
            throw input.path("final").booleanValue() ? busy.withoutRetry() : busy;
          }
          return input.path("give");
        };
    workflows =
        Workflows.builder()
            .links(URL, KEY)
            .maxWorkflowDuration(Duration.ofDays(30))
            .handler("work", JsonNode.class, work)
            .build();
    Extension onThisThread = host -> workflows.join(onThisThread(host));
    trigrun = TrigRun.builder().store(store).clock(clock).extension(onThisThread).build();
  }

  /** Handlers that are called together return together: orders are left to events. */
  private static Host onThisThread(Host host) {
    Executor here = Runnable::run;
    return (Host)
        Proxy.newProxyInstance(
            Host.class.getClassLoader(),
            new Class<?>[] {Host.class},
            (proxy, method, args) -> {
              if (method.getName().equals("threads")) {
                return here;
              }
              try {
                return method.invoke(host, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public void close() {
    trigrun.close();
  }
}
