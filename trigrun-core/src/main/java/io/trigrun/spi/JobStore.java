package io.trigrun.spi;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.Page;
import io.trigrun.QueueBacklog;
import io.trigrun.StoreSession;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps definitions and executions.
 *
 * <p>Every operation is atomic, may be called by any thread, and has happened for good when it
 * returns. Every operation may be repeated after an error whose effect is unknown (a lost
 * acknowledgement): repeating a write that took effect reports what the first call would have
 * reported and changes nothing. Where an answer depends on the state before it, a repetition is
 * answered as a second caller would be, and still changes nothing: a definition write is refused by
 * its version, a cancellation is not listed again, a wake-up that won loses to itself, a revival
 * returns false. Instants are kept to the microsecond; the records of this package cut them. A
 * store that can't do its work throws {@link StoreException}.
 *
 * <p>Write your own if your data lives elsewhere; {@code InMemoryJobStore} is the readable
 * reference.
 */
public interface JobStore extends AutoCloseable {

  /** Stores all of a set or, if one of its definition writes is refused, nothing of it. */
  default WriteResult write(WriteSet writes) {
    return write(StoreSession.own(), writes);
  }

  /**
   * As {@link #write(WriteSet)}, within a session of the host: the set takes effect when the host
   * commits, and never if it rolls back.
   *
   * @throws IllegalArgumentException if the session is not one of this store's
   */
  WriteResult write(StoreSession session, WriteSet writes);

  /**
   * Gives turns under rate limits (row S30): each reservation gets the first instant at or after
   * its {@link RateReservation#from()} at which none of its rates, for all nodes together, has more
   * than {@link Rate#limit()} turns in any stretch of time as long as {@link Rate#window()}. A turn
   * is given for good, used or not; turns that cannot matter any more are forgotten. Asking again
   * after an error takes another turn.
   *
   * @param reservations whoever comes first is served first
   * @return the instants of the turns, in the order of the reservations
   */
  List<Instant> reserve(List<RateReservation> reservations);

  /** The definitions that exist among the given ids, in no particular order. */
  List<Definition> findDefinitions(Collection<UUID> ids);

  /** The definition of a name, unique within workspace and kind. */
  Optional<Definition> findDefinitionByName(String workspace, String kind, String name);

  /**
   * The definition of a lookup key (a token's hash, say), unique within the kind across all
   * workspaces.
   */
  Optional<Definition> findDefinitionByKey(String kind, String lookupKey);

  /**
   * Definitions, newest first by creation, then by id (compared as unsigned numbers), descending.
   */
  Page<Definition> listDefinitions(DefinitionQuery query);

  /**
   * Rises with each write of a {@linkplain Definition#configuration() configuration} definition.
   */
  long revision();

  /**
   * Hands executions that need somebody to a node: those due to run, those whose lease ended, those
   * whose wait timed out.
   *
   * <p>Each becomes RUNNING with a lease of this node, a lease number one higher than before and,
   * unless it was woken or timed out from WAITING, an attempt number one higher. Of the PENDING
   * ones those due at or before {@link ClaimRequest#horizon()} are eligible, of the RUNNING and
   * WAITING ones those due at or before {@link ClaimRequest#now()}. Within a queue the higher
   * {@link io.trigrun.Priority} goes first, then the earlier due instant, then the lower id
   * (unsigned); where one whose lease ended comes among others of its priority is the store's
   * affair. No two claims ever get the same lease, and with a {@link Concurrency} limit no more
   * than that many executions of the key have begun and not ended. One that finds no room under its
   * limit is passed over, and holds up nobody who finds some.
   */
  Claim claim(ClaimRequest request);

  /**
   * Records how attempts went, each transition on its own: one that carries an old lease number, or
   * whose follow-ups are refused, changes nothing and is reported, the others take effect. A
   * transition whose lease number is the latest, but whose execution is not RUNNING any more, took
   * effect before: it is Done, and nothing of it is stored again. So did one that becomes RUNNING
   * and brings journal entries the first of which is there already.
   *
   * @return one result for each transition, in their order
   */
  default List<Applied> apply(List<Transition> transitions) {
    return apply(StoreSession.own(), transitions);
  }

  /**
   * As {@link #apply(List)}, within a session of the host: what took effect holds when the host
   * commits, and never was if it rolls back. Until then nobody else may take the execution over.
   *
   * @throws IllegalArgumentException if the session is not one of this store's
   */
  List<Applied> apply(StoreSession session, List<Transition> transitions);

  /**
   * Moves the end of leases that are still held.
   *
   * @return the leases that are not held any more
   */
  List<Lease> extendLeases(List<Lease> leases, Instant until);

  /**
   * Hands an input to a wait. The first wake-up of an execution and wait key wins, for ever. If the
   * execution is parked on the key it becomes PENDING and due; if it is not parked yet the input is
   * kept for when it does.
   */
  WakeResult wake(WakeUp wakeUp);

  /**
   * Makes a finished execution PENDING again, with its id and history and all its attempts before
   * it. Notes, journal, output, progress and wake-ups stay; failure, node and end are cleared.
   * Attempt numbers start anew, after the recorded ones.
   *
   * @return false if it is unknown, live, or its unique key has been taken since
   */
  boolean revive(UUID executionId, Instant dueAt);

  /** The executions that exist among the given ids, in no particular order. */
  List<Execution> findExecutions(Collection<UUID> ids);

  /**
   * Executions, newest first by creation, then by id (compared as unsigned numbers), descending.
   */
  Page<Execution> listExecutions(ExecutionQuery query);

  /** The recorded attempts of an execution, oldest first. */
  List<Attempt> attempts(UUID executionId);

  /** The journal of an execution, by number. */
  List<JournalEntry> journal(UUID executionId);

  /**
   * The wake-ups of an execution that no transition has consumed, oldest first: as the next claim
   * of it would hand them out.
   */
  List<WakeUp> wakeUps(UUID executionId);

  /** The wake-up that has won a wait, whether it is consumed or not; empty if none has yet. */
  Optional<WakeUp> winner(UUID executionId, String waitKey);

  /**
   * Forgets finished executions with their attempts, journals and wake-ups, the earliest finished
   * first.
   *
   * @return how many were forgotten; fewer than the limit means that none is left
   */
  int purge(PurgeRequest request);

  /**
   * What is due in some queues and nobody works on: PENDING executions, ended leases and waits that
   * timed out, as a claim with that time and handlers for everything would find them. Those that a
   * {@link Concurrency} limit holds up need not be among them. Costs no more than looking at {@code
   * most} of them for each queue and priority. Default: empty, for a store that can't tell.
   *
   * @param most where counting ends, 1 or more; the instant is the earliest of all of them anyway
   * @return one for each of the queues
   */
  default List<QueueBacklog> backlog(Collection<String> queues, Instant now, int most) {
    return List.of();
  }

  /**
   * The store's own clock, which all nodes share: whatever it says, they go by it. Default: empty,
   * for a store that has none, so that the host's clock is the only one.
   */
  default Optional<Instant> now() {
    return Optional.empty();
  }

  /**
   * Tells somebody, after the commit, that something was stored which may be due sooner than they
   * know: something enqueued, to be retried, woken, revived, or let in by the end of another one.
   * Only a hint: it may come late, more often than needed, or not at all, as after a broken
   * connection, so nodes look for due work all the same. A store that tells anybody tells those who
   * listen to the very instance that wrote, too, and before its write returns.
   *
   * <p>Returns at once and does not throw because the store is out of reach: a store that needs a
   * connection for this sees to it by itself. Default: tells nothing.
   */
  default Subscription subscribe(DueListener listener) {
    return () -> {};
  }

  /** Lets go of what the store itself opened. Idempotent. */
  @Override
  void close();
}
