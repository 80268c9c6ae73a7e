/**
 * The engine. Not exported.
 *
 * <pre>
 * Poller ──claim──▶ Engine ──due──▶ Lane (permits) ──▶ AttemptRunner ──▶ Completion ──▶ Committer ──apply──▶ store
 *                     └ LocalTimer                         └ Conclusion    └ follow-ups
 * LeaseKeeper extends what is held; EventBus tells listeners.
 * </pre>
 */
@NullMarked
package io.trigrun.internal;

import org.jspecify.annotations.NullMarked;
