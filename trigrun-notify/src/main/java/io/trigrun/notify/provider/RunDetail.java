package io.trigrun.notify.provider;

import io.trigrun.Trigger;
import java.time.Instant;

/**
 * How an execution came about and how far it has come.
 *
 * @param attempt the number of the attempt that ended, from 1
 * @param retriesExhausted whether it has failed and no attempt is left
 * @param trigger what brought it into being
 * @param scheduledFor the moment it is meant for
 */
public record RunDetail(
    int attempt, boolean retriesExhausted, Trigger trigger, Instant scheduledFor) {}
