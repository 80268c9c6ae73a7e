package io.trigrun.notify.provider;

import io.trigrun.Trigger;
import io.trigrun.TriggerEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * The run that has started a run, as it was when it did.
 *
 * @param jobName of its job; {@code deleted job} if that is gone
 * @param event what of it has started the run; empty of a replay, which a person started
 * @param succeeded whether its attempt has succeeded
 * @param exitCode the exit code of that attempt, if it was a command's and had one
 * @param log the start of that attempt's answer or log, at most 4 KB
 * @param trigger what brought it into being
 * @param scheduledFor the moment it is meant for
 * @param parent the run that has started it, without its log, and so on up to the first
 */
public record ParentDetail(
    String jobName,
    Optional<TriggerEvent> event,
    boolean succeeded,
    Optional<Integer> exitCode,
    Optional<String> log,
    Trigger trigger,
    Instant scheduledFor,
    Optional<ParentDetail> parent) {}
