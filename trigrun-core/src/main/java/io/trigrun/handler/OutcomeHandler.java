package io.trigrun.handler;

/**
 * A {@link JobHandler} that says how it went: with a result, a failure that is not worth a retry,
 * or a wish to go on later.
 *
 * @param <P> the payload, a record for example, read from JSON
 */
@FunctionalInterface
public interface OutcomeHandler<P> {

  /** Does the work; throwing is the same as returning a failure that may be retried. */
  Outcome handle(P payload, JobContext context) throws Exception;
}
