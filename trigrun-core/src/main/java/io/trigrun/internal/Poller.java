package io.trigrun.internal;

import io.trigrun.spi.Claim;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.ClaimedExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Claims what is due, in batches, and sleeps exactly until the next due instant, a wake-up, or the
 * poll interval as a safety net.
 */
final class Poller {

  private static final Duration SHORTEST_PROBE = Duration.ofMillis(5);
  private static final Duration LONGEST_PROBE = Duration.ofSeconds(1);

  /** Hints are of what any node may take: not worth more than so many claims that find nothing. */
  private static final long HINT_SPACING_NANOS = 10_000_000;

  private final EngineContext context;
  private final Map<String, Lane> lanes;
  private final Consumer<ClaimedExecution> intake;
  private final Runnable extendLeases;
  private final Pause pause = new Pause(Duration.ofMillis(50), Duration.ofSeconds(5));
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile boolean hinted;

  /** How many hints came, and how many had come when the last claim began. */
  private final AtomicInteger heard = new AtomicInteger();

  private volatile int heeded;
  private long claimedAtNanos = System.nanoTime();
  private final Loop loop = new Loop("trigrun-poller", this::round);

  /**
   * Until when the loop sleeps; while it is awake the far future, so that nothing is taken for too
   * late.
   */
  private volatile Instant sleepsUntil = Instant.MAX;

  private boolean failed;
  private volatile boolean more = true;
  private volatile Duration probe = LONGEST_PROBE;

  Poller(
      EngineContext context,
      Map<String, Lane> lanes,
      Consumer<ClaimedExecution> intake,
      Runnable extendLeases) {
    this.context = context;
    this.lanes = Map.copyOf(lanes);
    this.intake = intake;
    this.extendLeases = extendLeases;
  }

  void start() {
    loop.start();
  }

  void stop() {
    loop.stop();
  }

  /** Something may be due now. */
  void wake() {
    // Looked at first: workers call this often, and each write would take it from the others.
    if (!woken.get() && !woken.getAndSet(true)) {
      loop.unpark();
    }
  }

  /** Somebody has stored something that is due then. */
  void hint(Instant due) {
    heard.incrementAndGet();
    if (due.minus(context.settings().lookAhead()).isBefore(sleepsUntil)) {
      hinted = true;
      loop.unpark();
    }
  }

  /**
   * This node has stored something that will be due then. A store that gives hints has given one
   * before it answered: a claim that began since then need not be followed by another.
   */
  void wakeFor(Instant due) {
    int hints = heard.get();
    boolean claimedSince = hints != 0 && hints == heeded;
    if (!claimedSince && due.minus(context.settings().lookAhead()).isBefore(sleepsUntil)) {
      wake();
    }
  }

  /**
   * Something was written in a transaction of the host, which may commit any moment: look often for
   * a while.
   */
  void probe() {
    probe = SHORTEST_PROBE;
    wake();
  }

  private void round() throws InterruptedException {
    heeded = heard.get();
    woken.set(false);
    hinted = false;
    try {
      if (failed) {
        // Before anything is claimed: else this node would take its own running work over.
        extendLeases.run();
        failed = false;
      }
      Instant next = tick();
      pause.reset();
      sleepUntil(next);
    } catch (RuntimeException e) {
      failed = true;
      context.storeHealth().failed(StoreHealth.Part.CLAIM, e);
      pause.await(loop);
    }
  }

  /** Whether the last claim may have left something behind that is due. */
  boolean mayFindMore() {
    return more;
  }

  /** Claims once, and says when to claim again. */
  Instant tick() {
    // Until it is known better: who is done meanwhile had better wake the loop once too often.
    more = true;
    context.alignment().keep(Alignment.IDLE);
    Instant now = context.now();
    Map<String, Integer> room = new HashMap<>();
    lanes.forEach(
        (queue, lane) -> {
          int free = lane.room(now);
          if (free > 0) {
            room.put(queue, free);
          }
        });
    Instant poll = now.plus(context.settings().pollInterval());
    if (room.isEmpty()) {
      return poll;
    }
    claimedAtNanos = System.nanoTime();
    Claim claim = context.store().claim(request(room, now));
    context.storeHealth().claimed();
    context.revision().heardOf(claim.revision());
    boolean isFull = claim.nextDue().isEmpty() && fillsARoom(claim, room);
    // Before they are taken in: what ends at once need not wake the loop for nothing.
    more = isFull || room.size() < lanes.size();
    claim.executions().forEach(intake);
    if (isFull) {
      return now;
    }
    Instant due =
        claim.nextDue().map(next -> next.minus(context.settings().lookAhead())).orElse(poll);
    if (due.isBefore(poll)) {
      // Due and not claimed: somebody else has a lock on it. Not worth a busy loop.
      Instant soonest = claim.executions().isEmpty() ? now.plus(SHORTEST_PROBE) : now;
      return due.isBefore(soonest) ? soonest : due;
    }
    return poll;
  }

  /** Whether a queue may have more that is due: not if it had less than was asked for. */
  private static boolean fillsARoom(Claim claim, Map<String, Integer> room) {
    Map<String, Integer> left = new HashMap<>(room);
    claim.executions().forEach(one -> left.merge(one.execution().queue(), -1, Integer::sum));
    return left.containsValue(0);
  }

  private ClaimRequest request(Map<String, Integer> room, Instant now) {
    EngineSettings settings = context.settings();
    return new ClaimRequest(
        settings.node(),
        room,
        context.handlers().keySet(),
        now,
        now.plus(settings.lookAhead()),
        now.plus(settings.lease()));
  }

  private void sleepUntil(Instant next) {
    Instant until = next;
    Duration ahead = probe;
    if (ahead.compareTo(LONGEST_PROBE) < 0) {
      probe = ahead.multipliedBy(2);
      Instant probed = context.now().plus(ahead);
      until = probed.isBefore(until) ? probed : until;
    }
    sleepsUntil = until;
    Duration longest = context.settings().pollInterval();
    Duration left = Duration.between(context.now(), until);
    // By elapsed time, and never long: the host's clock may be set while this sleeps.
    long deadline = System.nanoTime() + (left.compareTo(longest) < 0 ? left : longest).toNanos();
    while (!woken.get() && !loop.isStopped()) {
      long now = System.nanoTime();
      long nanos = deadline - now;
      if (hinted) {
        nanos = Math.min(nanos, claimedAtNanos + HINT_SPACING_NANOS - now);
      }
      if (nanos <= 0) {
        break;
      }
      LockSupport.parkNanos(this, nanos);
    }
    sleepsUntil = Instant.MAX;
  }
}
