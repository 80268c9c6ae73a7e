package io.trigrun.notify.provider;

import io.trigrun.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an execution came about and how far it has come.
 *
 * @param attempt the number of the attempt that ended, from 1
 * @param retriesExhausted whether it has failed and no attempt is left
 * @param trigger what brought it into being
 * @param scheduledFor the moment it is meant for
 * @param exitCode the exit code of that attempt, if it was a command's and had one
 * @param reason why it has failed, in a sentence of at most 1,000 bytes
 * @param triggered the names of the jobs that the end of that attempt has started
 * @param parent the run that has started this one
 */
public record RunDetail(
    int attempt,
    boolean retriesExhausted,
    Trigger trigger,
    Instant scheduledFor,
    Optional<Integer> exitCode,
    Optional<String> reason,
    List<String> triggered,
    Optional<ParentDetail> parent) {

  public RunDetail {
    triggered = List.copyOf(triggered);
  }

  /** Of a run that no other has started, and that starts none. */
  public RunDetail(int attempt, boolean retriesExhausted, Trigger trigger, Instant scheduledFor) {
    this(
        attempt,
        retriesExhausted,
        trigger,
        scheduledFor,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
