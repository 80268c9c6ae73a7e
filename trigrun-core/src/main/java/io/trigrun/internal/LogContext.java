package io.trigrun.internal;

import org.slf4j.MDC;

/** Workspace, job, execution and attempt in the log lines of a handler (row S26). */
final class LogContext {

  private static final String WORKSPACE = "trigrun.workspace";
  private static final String JOB = "trigrun.job_id";
  private static final String EXECUTION = "trigrun.execution_id";
  private static final String ATTEMPT = "trigrun.attempt";

  private LogContext() {}

  static void put(Run run) {
    MDC.put(WORKSPACE, run.workspace());
    run.jobId().ifPresent(id -> MDC.put(JOB, id.toString()));
    MDC.put(EXECUTION, run.executionId().toString());
    MDC.put(ATTEMPT, Integer.toString(run.attempt()));
  }

  static void clear() {
    MDC.remove(WORKSPACE);
    MDC.remove(JOB);
    MDC.remove(EXECUTION);
    MDC.remove(ATTEMPT);
  }
}
