/**
 * Notifications about jobs: channels say where to, rules say when, deliveries are the messages on
 * their way. Start at {@link io.trigrun.notify.Notifications}.
 *
 * <p>A delivery is an execution like any other (handler {@code trigrun.delivery}, queue {@code
 * notifications}), planned by the same atomic write that ends the attempt it is about: a job's end
 * and its notifications are stored together or not at all.
 */
@NullMarked
package io.trigrun.notify;

import org.jspecify.annotations.NullMarked;
