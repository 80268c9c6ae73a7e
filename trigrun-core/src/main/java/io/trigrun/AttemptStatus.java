package io.trigrun;

/** How one {@link Attempt} ended. */
public enum AttemptStatus {
  /** As the job wants it. */
  SUCCESS,
  /** No answer within the time allowed. */
  TIMEOUT,
  /** The other side could not be reached, or the connection broke. */
  CONNECTION_ERROR,
  /** The other side answered, but not as the job wants it. */
  HTTP_ERROR,
  /** Anything else: a handler threw, a payload could not be read, a node died. */
  ERROR
}
