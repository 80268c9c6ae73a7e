package io.trigrun;

import io.trigrun.monitor.Monitors;
import io.trigrun.schedulefile.ScheduleFiles;
import io.trigrun.secret.Secrets;
import io.trigrun.spi.Enqueued;
import io.trigrun.validation.Problems;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What one tenant has: its jobs, its executions, its work to enqueue (row S28). Everything belongs
 * to one workspace, and nothing reaches across: what has the id of something in another workspace
 * is told the same as what has an id that nobody knows. Names and unique keys are unique within a
 * workspace.
 *
 * <pre>{@code
 * Workspace acme = trigrun.workspace("acme");
 * acme.jobs().create(spec);
 * acme.enqueue(ExecutionRequest.of("send-invoice", new Invoice(42)));
 * }</pre>
 *
 * <p>A workspace is no more than its name: there is nothing to create. Cheap to get by {@link
 * TrigRun#workspace}, and may be kept. Thread-safe. A {@link TrigRun} itself is the workspace
 * {@value TrigRun#DEFAULT_WORKSPACE}.
 */
public interface Workspace {

  /** Its name. */
  String name();

  /** How much it may hold, as things stand now. */
  WorkspaceLimits limits();

  /** Its jobs. */
  Jobs jobs();

  /** Its executions. */
  Executions executions();

  /** Its secrets, which its HTTP jobs name as {@code secret://name} (row S11). */
  Secrets secrets();

  /** Its monitors. */
  Monitors monitors();

  /** What carries out schedule files in it (row S18). */
  ScheduleFiles scheduleFiles();

  /**
   * Stores work to be done (rows S20, S21). It is durable when this returns.
   *
   * @return the execution, or the one of this workspace that holds the unique key
   * @throws io.trigrun.validation.ValidationException if something is wrong with it; nothing is
   *     stored then
   */
  default Enqueued enqueue(ExecutionRequest request) {
    return enqueue(List.of(request)).get(0);
  }

  /**
   * As {@link #enqueue(ExecutionRequest)}, many in one write: all of them or, if one is wrong,
   * none.
   */
  default List<Enqueued> enqueue(List<ExecutionRequest> requests) {
    return enqueue(StoreSession.own(), requests);
  }

  /**
   * As {@link #enqueue(ExecutionRequest)}, in a transaction of the host: the work is done if and
   * only if the host commits.
   *
   * @throws IllegalArgumentException if the session is not one of the store's
   */
  default Enqueued enqueue(StoreSession session, ExecutionRequest request) {
    return enqueue(session, List.of(request)).get(0);
  }

  /** As {@link #enqueue(StoreSession, ExecutionRequest)}, many in one write. */
  List<Enqueued> enqueue(StoreSession session, List<ExecutionRequest> requests);

  /**
   * The name, if it is one: 1 to 64 letters of ASCII, digits, dashes and underscores. Case matters.
   *
   * @throws io.trigrun.validation.ValidationException naming {@code workspace} if it is none
   */
  static String requireName(String name) {
    Problems.require(
        Pattern.matches("[A-Za-z0-9_-]{1,64}", name),
        "workspace",
        "1 to 64 letters, digits, dashes and underscores",
        name);
    return name;
  }
}
