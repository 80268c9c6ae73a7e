/**
 * Notifications about jobs: channels, rules that choose them, and deliveries that are executions
 * like any other.
 */
@NullMarked
package io.trigrun.notify;

import org.jspecify.annotations.NullMarked;
