package io.trigrun.management;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.route.Answer;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.Refusal;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.Expiry;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what comes with an {@code Idempotency-Key} once in 24 hours, and gives the same answer again
 * (draft-ietf-httpapi-idempotency-key-header): first the key is taken, then the work is done, then
 * its answer is kept, each in a write of its own. Whoever crashes after the first is relieved a
 * minute later.
 */
final class IdempotencyKeys {

  private static final Logger LOG = LoggerFactory.getLogger(Management.class);
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern VALUE = Pattern.compile("[!-~]{1,255}");
  private static final Duration AT_WORK = Duration.ofMinutes(1);
  private static final int MOST_TRIES = 20;

  private final JobStore store;
  private final Clock clock;

  IdempotencyKeys(JobStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * @param work is given a key that is the same for whoever does it again after a crash
   */
  Answer once(InboundRequest request, Caller caller, Function<Optional<String>, Answer> work) {
    List<String> given = request.headers().getOrDefault(HEADER, List.of());
    return given.isEmpty()
        ? work.apply(Optional.empty())
        : once(new KeptAnswer(caller.workspace(), key(given), request), work);
  }

  /** With or without the quotes that the draft asks for. */
  private static String key(List<String> given) {
    String text = given.get(0).strip();
    boolean isQuoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    String key = isQuoted ? text.substring(1, text.length() - 1) : text;
    if (given.size() > 1 || !VALUE.matcher(key).matches()) {
      throw Refusal.invalid(
          HEADER, "expected one text of 1 to 255 printable characters without spaces");
    }
    return key;
  }

  private Answer once(KeptAnswer kept, Function<Optional<String>, Answer> work) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Optional<Definition> found = store.findDefinitions(List.of(kept.id())).stream().findFirst();
      if (found.isEmpty()) {
        Definition begun = begun(kept);
        if (isStored(begun)) {
          return done(kept, begun, work);
        }
      } else if (isExpired(found.get())) {
        delete(found.get());
      } else {
        kept.requireSame(found.get().document());
        Optional<Answer> before = kept.answer(found.get().document());
        if (before.isPresent()) {
          return before.get();
        }
        requireForsaken(found.get());
        Definition again = next(found.get(), kept.begun());
        if (isStored(again)) {
          return done(kept, again, work);
        }
      }
    }
    throw inUse(Duration.ofSeconds(1));
  }

  private Answer done(KeptAnswer kept, Definition begun, Function<Optional<String>, Answer> work) {
    Answer answer;
    try {
      answer = work.apply(Optional.of(uniqueKey(begun)));
    } catch (RuntimeException e) {
      forget(begun, e);
      throw e;
    }
    try {
      store.write(WriteSet.save(next(begun, kept.document(answer))));
    } catch (StoreException e) {
      LOG.warn("what was made with an Idempotency-Key may be made again with it", e);
    }
    return answer;
  }

  /** Of these 24 hours: whoever comes with the key after that wants it done again. */
  private static String uniqueKey(Definition begun) {
    return "idempotency/%s/%d".formatted(begun.id(), begun.createdAt().toEpochMilli());
  }

  /** What was refused has made nothing, and may be tried again; of all else nobody knows. */
  private void forget(Definition begun, RuntimeException why) {
    if (Errors.refusal(why).code().status() < 500) {
      try {
        delete(begun);
      } catch (StoreException e) {
        LOG.warn("an Idempotency-Key is taken for a minute, and for nothing", e);
      }
    }
  }

  private void requireForsaken(Definition found) {
    Duration left = Duration.between(clock.instant(), found.updatedAt().plus(AT_WORK));
    if (left.compareTo(Duration.ZERO) > 0) {
      throw inUse(left.compareTo(AT_WORK) > 0 ? AT_WORK : left);
    }
  }

  private static Refusal inUse(Duration wait) {
    return Refusal.of(
            ErrorCode.IDEMPOTENCY_KEY_IN_USE, "expected no request with this key to be at work")
        .retryAfter(wait);
  }

  private boolean isExpired(Definition found) {
    return found.createdAt().plus(Expiry.IDEMPOTENCY_KEYS.age()).isBefore(clock.instant());
  }

  private boolean isStored(Definition definition) {
    return store.write(WriteSet.save(definition)) instanceof WriteResult.Stored;
  }

  private void delete(Definition definition) {
    store.write(
        new WriteSet(
            List.of(),
            List.of(new DefinitionWrite.Delete(definition.id(), definition.version())),
            List.of()));
  }

  private Definition begun(KeptAnswer kept) {
    Instant now = clock.instant();
    return new Definition(
        kept.id(),
        kept.workspace(),
        Expiry.IDEMPOTENCY_KEYS.kind(),
        kept.id().toString(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        false,
        1,
        now,
        now,
        kept.begun());
  }

  private Definition next(Definition before, String document) {
    return new Definition(
        before.id(),
        before.workspace(),
        before.kind(),
        before.name(),
        before.owner(),
        before.lookupKey(),
        before.references(),
        before.configuration(),
        before.version() + 1,
        before.createdAt(),
        clock.instant(),
        document);
  }
}
