package io.trigrun.contract;

import static io.trigrun.contract.TestExecution.execution;
import static io.trigrun.contract.TestTransition.park;
import static io.trigrun.contract.TestTransition.retry;
import static io.trigrun.contract.TestTransition.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.Subscription;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Hints of what is due, for stores that give any: whoever listens is told, no later than it is due.
 */
public abstract class HintContract extends StoreContract {

  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<Instant> hints = new LinkedBlockingQueue<>();

  @SuppressWarnings("NullAway.Init") // JUnit calls subscribe() before each test
  private Subscription subscription;

  /** Whether the store gives hints; it need not. */
  protected boolean tellsListeners() {
    return true;
  }

  @BeforeEach
  final void subscribe() {
    assumeTrue(tellsListeners());
    subscription = store().subscribe(hints::add);
  }

  @AfterEach
  final void unsubscribe() {
    if (tellsListeners()) {
      subscription.close();
    }
  }

  /** Waits until somebody was told to look at the latest by then. */
  private void awaitHint(Instant due) throws InterruptedException {
    Instant hint;
    do {
      hint = hints.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(hint).as("a hint of what is due at " + due).isNotNull();
    } while (hint.isAfter(due));
  }

  /** What was told of earlier writes may still be under way: after this it no longer is. */
  private void forgetHints() throws InterruptedException {
    enqueue(execution().due(NOW.minusSeconds(1_000_000)).handler("nobodys"));
    awaitHint(NOW.minusSeconds(1_000_000));
    hints.clear();
  }

  @Test
  void what_is_enqueued_is_told_with_its_due_instant() throws InterruptedException {
    enqueue(execution().due(NOW.plusSeconds(60)), execution().due(NOW.plusSeconds(5)));
    awaitHint(NOW.plusSeconds(5));
  }

  @Test
  void who_listens_to_the_instance_that_writes_is_told_before_the_write_returns()
      throws InterruptedException {
    forgetHints();
    enqueue(execution().due(NOW.plusSeconds(5)));
    assertThat(hints).contains(NOW.plusSeconds(5));
  }

  @Test
  void follow_ups_and_retries_are_told() throws InterruptedException {
    ClaimedExecution claimed = running(execution());
    forgetHints();
    applied(
        succeed(claimed)
            .with(WriteSet.enqueue(List.of(execution().due(NOW.plusSeconds(7)).build()))));
    awaitHint(NOW.plusSeconds(7));
    ClaimedExecution failing = running(execution());
    forgetHints();
    applied(retry(failing, NOW.plusSeconds(3)));
    awaitHint(NOW.plusSeconds(3));
  }

  @Test
  void what_is_woken_is_told() throws InterruptedException {
    ClaimedExecution claimed = running(execution());
    applied(park(claimed, NOW.plusSeconds(9_999), "key"));
    forgetHints();
    store().wake(wakeUp(claimed.execution().id(), "key", "1"));
    awaitHint(NOW.plusSeconds(1));
  }

  @Test
  void a_park_that_was_woken_before_is_told() throws InterruptedException {
    ClaimedExecution claimed = running(execution());
    store().wake(wakeUp(claimed.execution().id(), "key", "1"));
    forgetHints();
    applied(park(claimed, NOW.plusSeconds(9_999), "key"));
    awaitHint(NOW.plusSeconds(1));
  }

  @Test
  void what_is_revived_is_told() throws InterruptedException {
    ClaimedExecution claimed = running(execution());
    applied(succeed(claimed));
    forgetHints();
    assertThat(store().revive(claimed.execution().id(), NOW.plusSeconds(4))).isTrue();
    awaitHint(NOW.plusSeconds(4));
  }

  @Test
  void who_is_let_in_by_the_end_of_another_is_told() throws InterruptedException {
    enqueue(execution().limited("key", 1), execution().limited("key", 1));
    ClaimedExecution first = claimOne(NOW);
    forgetHints();
    applied(succeed(first));
    awaitHint(NOW);
    ClaimedExecution second = claimOne(NOW.plusSeconds(1));
    enqueue(execution().limited("key", 1));
    assertThat(claim(NOW.plusSeconds(1))).isEmpty();
    forgetHints();
    assertThat(cancel(second.execution().id())).hasSize(1);
    awaitHint(NOW);
  }

  @Test
  void each_listener_is_told_until_it_is_closed_whatever_another_one_throws()
      throws InterruptedException {
    BlockingQueue<Instant> others = new LinkedBlockingQueue<>();
    Subscription closed = store().subscribe(others::add);
    Subscription bad =
        store()
            .subscribe(
                due -> {
                  throw new IllegalStateException("listener");
                });
    closed.close();
    closed.close();
    enqueue(execution());
    awaitHint(NOW);
    forgetHints();
    // "Anything may be due" is what a store may say before it was closed, when it begins to hear.
    assertThat(others).allMatch(Instant.EPOCH::equals);
    bad.close();
  }
}
