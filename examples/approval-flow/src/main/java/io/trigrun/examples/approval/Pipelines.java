package io.trigrun.examples.approval;

import io.trigrun.workflow.definition.Extract;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions;
import io.trigrun.workflow.definition.StepRequest;
import io.trigrun.workflow.definition.StepRetry;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;

/** What is done, step by step. */
final class Pipelines {

  static final String PRINT_LABEL = "print-label";

  static final String AN_ORDER =
      """
      {"id": 42, "total": 96, "lines": [
        {"article": "cup", "quantity": 2}, {"article": "plate", "quantity": 6}]}""";

  private Pipelines() {}

  /** Reads the next application, asks a person, and writes down what was approved. */
  static Workflow review(String api) {
    return Workflow.of(
        Step.http(
                "enrich",
                StepRequest.get(api + "/applications?after={{job.context.last ?? 0}}").build())
            .with(
                StepOptions.none()
                    .retry(StepRetry.attempts(3))
                    .extract("application", Extract.of("$.application"))
                    .extractToContext("last", Extract.of("$.application.id"))),
        Step.approval(
                "review",
                "{{context.application.customer}} asks to buy on account, up to"
                    + " {{context.application.limit}} euros.")
            .title("Raise the credit limit of {{context.application.customer}}?")
            .reviewField("Requested limit", "{{context.application.limit}} EUR")
            .reviewField("Current limit", "{{context.application.current}} EUR")
            .reviewField("Paid late", "{{context.application.late}} of the last 24 invoices")
            .with(StepOptions.none().timeout(Duration.ofMinutes(10))),
        Step.http(
            "write",
            StepRequest.put(api + "/limits/{{context.application.id}}")
                .jsonBody(
                    """
                    {"limit": "{{context.application.limit}}",
                     "approved_by": "{{steps.review.output.decided_by.claimed ?? \\"somebody\\"}}",
                     "reason": "{{steps.review.output.comment ?? \\"\\"}}"}""")
                .build()));
  }

  /** Reserves every line of an order, then has it paid and packed at the same time. */
  static Workflow order(String api) {
    return Workflow.startedByWebhook(
        Step.forEach(
                "reserve",
                "{{trigger.body.lines}}",
                Step.http(
                    "stock",
                    StepRequest.post(api + "/stock/{{item.article}}")
                        .jsonBody("{\"quantity\": \"{{item.quantity}}\"}")
                        .build()))
            .maxConcurrent(2),
        Step.parallel(
            "settle",
            Branch.of(
                "payment",
                Step.http(
                    "charge", // the service answers at once, and calls back when it has the money
                    StepRequest.post(api + "/payments")
                        .jsonBody(
                            """
                            {"amount": "{{trigger.body.total}}",
                             "call_back": "{{waits.paid.resume_url}}"}""")
                        .build()),
                Step.waitForWebhook("paid")
                    .with(StepOptions.none().timeout(Duration.ofMinutes(5)))),
            Branch.of("label", Step.handler("print", PRINT_LABEL).input("\"{{trigger.body}}\""))),
        Step.succeed("done")
            .output(
                """
                {"order": "{{trigger.body.id}}", "shelves": "{{steps.reserve.output}}",
                 "receipt": "{{steps.paid.output.receipt}}",
                 "label": "{{steps.print.output.text}}"}"""));
  }
}
