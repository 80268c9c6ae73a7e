package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Page;
import io.trigrun.TrigRun;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import io.trigrun.spi.JobStore;
import io.trigrun.workflow.TriggerLimits;
import io.trigrun.workflow.TriggerSpec;
import io.trigrun.workflow.TriggerVerification;
import io.trigrun.workflow.Workflows;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A node that takes signed deliveries for some triggers and runs none of them. */
final class TriggerNode implements AutoCloseable {

  private static final int TRIGGERS = 16;
  private static final int PAGE = 1_000;

  private final TrigRun trigrun;
  private final Workflows workflows;
  private final List<String> targets = new ArrayList<>();

  TriggerNode(JobStore store) {
    workflows =
        Workflows.builder()
            .handler("ship", String.class, (order, step) -> order)
            .triggerLimits(TriggerLimits.defaults().withDeliveries(1_000_000, Duration.ofMillis(1)))
            .build();
    trigrun =
        TrigRun.builder()
            .store(store)
            .secrets(SecretCipher.aesGcm(KeyRing.of("load", KeyRing.generateKey())))
            .extension(workflows)
            .build();
    for (int i = 0; i < TRIGGERS; i++) {
      targets.add("/v1/triggers/" + token(i));
    }
  }

  private String token(int number) {
    Job job =
        trigrun
            .jobs()
            .save(
                JobSpec.named("on-push-" + number)
                    .action(
                        Workflow.startedByWebhook(
                            Step.handler("ship", "ship").input("\"{{trigger.body.ref}}\"")))
                    .maxConcurrentExecutions(0)
                    .build());
    TriggerSpec spec = TriggerSpec.of(TriggerVerification.github()).withSecrets(Loading.SECRET);
    return workflows.triggers().issue(job.id(), spec).token();
  }

  InboundRoutes routes() {
    return workflows.routes();
  }

  List<String> targets() {
    return targets;
  }

  /**
   * What is stored of all deliveries.
   *
   * @param numbers of those that started a run
   * @param runs how many
   */
  record Stored(BitSet numbers, int runs) {}

  Stored stored() {
    BitSet numbers = new BitSet();
    int runs = 0;
    ExecutionQuery query = trigrun.executions().query().handler(Workflow.HANDLER).limit(PAGE);
    Page<Execution> page = trigrun.executions().list(query);
    while (true) {
      for (Execution run : page.items()) {
        String key = run.uniqueKey().orElseThrow(); // trigger/job/number
        numbers.set(Integer.parseInt(key.substring(key.lastIndexOf('/') + 1)));
        runs++;
      }
      if (page.next().isEmpty()) {
        return new Stored(numbers, runs);
      }
      page = trigrun.executions().list(query.after(page.next().get()));
    }
  }

  @Override
  public void close() {
    trigrun.close();
  }
}
