package io.trigrun.notify.provider;

import java.time.Instant;
import java.util.UUID;

/**
 * What tells one attempt of a delivery from others: to be sent along, and to be signed.
 *
 * @param id of the delivery, the same in every attempt: an idempotency key for the receiver
 * @param event the name of the event that it tells of, {@code execution.failed} for example
 * @param attempt its number, from 1
 * @param at when the attempt is made
 */
public record DeliveryStamp(UUID id, String event, int attempt, Instant at) {}
