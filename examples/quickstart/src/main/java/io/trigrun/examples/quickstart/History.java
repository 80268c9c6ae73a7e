package io.trigrun.examples.quickstart;

import static io.trigrun.AttemptStatus.HTTP_ERROR;
import static io.trigrun.AttemptStatus.SUCCESS;
import static io.trigrun.ExecutionState.FAILED;
import static io.trigrun.ExecutionState.SUCCEEDED;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Executions;
import io.trigrun.Job;
import io.trigrun.notify.DeliveryStatus;
import java.sql.SQLException;
import java.util.List;

/** What the store says about what happened. */
record History(Application app) {

  /** Some run of the job failed once and succeeded with the second attempt. */
  boolean recovered(Job job) {
    return runs(job, SUCCEEDED).stream()
        .map(run -> executions().attempts(run.id()).stream().map(Attempt::status).toList())
        .anyMatch(List.of(HTTP_ERROR, SUCCESS)::equals);
  }

  boolean failed(Job job, int attempts) {
    return runs(job, FAILED).stream().anyMatch(run -> run.attempt() == attempts);
  }

  /** The failure of the job was delivered, and is what the webhook is about. */
  boolean told(Job job, List<String> webhooks) {
    return runs(job, FAILED).stream()
        .filter(run -> webhooks.stream().anyMatch(body -> body.contains(run.id().toString())))
        .flatMap(run -> app.notifications().deliveries().of(run.id()).stream())
        .anyMatch(delivery -> delivery.status() == DeliveryStatus.SENT);
  }

  boolean confirmed(Order order) {
    return of(Application.CONFIRM).stream()
        .anyMatch(
            run -> run.state() == SUCCEEDED && run.payload().equals("{\"id\":" + order.id() + "}"));
  }

  boolean reminded() {
    return of(Application.REMIND).stream().anyMatch(run -> run.state() == SUCCEEDED);
  }

  /** The schedule has fired since the restart, though nobody saved the job again. */
  boolean healthCheckGoesOn() {
    Job job = app.trigrun().jobs().findByName("health-check").orElseThrow();
    return runs(job, SUCCEEDED).stream()
        .flatMap(run -> executions().attempts(run.id()).stream())
        .anyMatch(attempt -> attempt.node().equals("second-life"));
  }

  /** Neither in the host's table nor among the executions is there a trace of another. */
  boolean onlyOrderTwoExists() throws SQLException {
    return app.shop().orders().equals(List.of(new Order(2)))
        && of(Application.CONFIRM).size() == 1
        && confirmed(new Order(2));
  }

  private List<Execution> runs(Job job, ExecutionState state) {
    return executions().list(executions().query().job(job.id()).states(state)).items();
  }

  private List<Execution> of(String handler) {
    return executions().list(executions().query().handler(handler)).items();
  }

  private Executions executions() {
    return app.trigrun().executions();
  }
}
