package io.trigrun.route;

import io.trigrun.ConflictException;
import io.trigrun.Cursor;
import io.trigrun.Page;
import io.trigrun.StaleVersionException;
import io.trigrun.Workspace;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** A request that was let in: its caller may do it, and it has the shape that its route says. */
public interface Call {

  /** What the caller may act in: nothing else is there. */
  Workspace workspace();

  /** Who calls, for people. */
  String caller();

  /** What the caller may do. Credentials are for those who may write. */
  Role role();

  /** A part of the path, decoded: for the name between braces in the route's path. */
  String path(String name);

  /**
   * The id in the path, of the name {@code id}.
   *
   * @throws Refusal 404 if it is none
   */
  default UUID id() {
    return id("id");
  }

  /**
   * An id in the path.
   *
   * @throws Refusal 404 if it is none
   */
  UUID id(String name);

  /** A query parameter. */
  Optional<String> query(String name);

  /** The body; one without fields if the route takes none. */
  JsonObject body();

  /** How many items a page may have, for routes that are paged: 1 to 100. */
  int limit();

  /** Where a page begins, for routes that are paged. */
  Optional<Cursor> cursor();

  /** The page that is asked for, of a list that has two such methods. */
  default <T> Page<T> page(
      IntFunction<Page<T>> first, BiFunction<Integer, Cursor, Page<T>> following) {
    return cursor()
        .map(after -> following.apply(limit(), after))
        .orElseGet(() -> first.apply(limit()));
  }

  /** Whether the caller wants it to be as it was when they looked ({@code If-Match}). */
  boolean isConditional();

  /**
   * Requires that the caller knows how things are, if they say so.
   *
   * @param version of what is stored now, as for {@link Answer#tagged}. Whoever writes has to see
   *     to it that it is that which is replaced
   * @throws Refusal 412 if {@code If-Match} is there and names another
   */
  void requireTag(long version);

  /** 412, for what was changed after {@link #requireTag}. */
  static Refusal changed() {
    return Refusal.of(
        ErrorCode.PRECONDITION_FAILED, "If-Match: expected the ETag that it has now, got another");
  }

  /**
   * Does something that goes by what it has just read: again from the start if somebody else was
   * faster, unless the caller wants it as it was. For updates of some fields of many.
   *
   * @throws Refusal 412 if the caller wants it as it was
   */
  default <T> T unlessChanged(Supplier<T> change) {
    for (int tries = 1; ; tries++) {
      try {
        return change.get();
      } catch (StaleVersionException e) {
        if (isConditional()) {
          throw changed();
        }
        if (tries == 100) {
          throw new ConflictException("expected it to be at rest for a moment: try again");
        }
      }
    }
  }

  /**
   * A unique key for what is enqueued, if the request has an {@code Idempotency-Key}: when it is
   * done again, since whoever did it first crashed before it was answered, the key is the same.
   */
  Optional<String> uniqueKey();

  /** An absolute URL of the public part: {@code https://jobs.example.com/v1} and the path. */
  String publicUrl(String path);
}
