package io.trigrun.jdbc;

import io.trigrun.jdbc.dialect.Dialect;
import io.trigrun.spi.StoreException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a statement, from left to right. They are collected before the statement is
 * prepared, because without arrays the length of a list shows in its text.
 */
final class Parameters {

  /** Sets one parameter, and knows its type even if it is null. */
  @FunctionalInterface
  private interface Value {
    void set(PreparedStatement statement, int index) throws SQLException;
  }

  /** In UTF-8, of a char of Java. */
  private static final int MOST_BYTES_PER_CHAR = 3;

  private static final String LIST = "= ANY (?)";

  private final Dialect dialect;
  private final List<Value> values = new ArrayList<>();
  private final List<Integer> lists = new ArrayList<>();

  Parameters(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Starts over, for the next row of a batch. */
  Parameters first() {
    values.clear();
    lists.clear();
    return this;
  }

  Parameters id(@Nullable UUID value) {
    return object(value == null ? null : dialect.bound(value));
  }

  Parameters id(Optional<UUID> value) {
    return id(value.orElse(null));
  }

  /**
   * @throws StoreException if no statement with it can be sent
   */
  Parameters text(@Nullable String value) {
    if (value != null && value.length() > dialect.longestText() / MOST_BYTES_PER_CHAR) {
      requireShort(value);
    }
    return add((statement, index) -> statement.setString(index, value));
  }

  private void requireShort(String value) {
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > dialect.longestText()) {
      String message =
          "expected texts of at most "
              + dialect.longestText()
              + " bytes (the server's max_allowed_packet when the store was opened), got "
              + bytes
              + ": raise it, or keep large data elsewhere and pass a reference";
      throw StoreException.refused(message, new SQLDataException(message, "22001"));
    }
  }

  Parameters text(Optional<String> value) {
    return text(value.orElse(null));
  }

  Parameters instant(@Nullable Instant value) {
    return object(value == null ? null : dialect.bound(value));
  }

  Parameters number(long value) {
    return add((statement, index) -> statement.setLong(index, value));
  }

  Parameters number(Optional<Integer> value) {
    return object(value.orElse(null));
  }

  Parameters fraction(@Nullable Double value) {
    return object(value);
  }

  Parameters flag(boolean value) {
    return add((statement, index) -> statement.setBoolean(index, value));
  }

  /** For {@code = ANY (?)}. */
  Parameters ids(Collection<UUID> ids) {
    return dialect.bindsArrays()
        ? object(ids.toArray(UUID[]::new))
        : list(ids.stream().map(dialect::bound).toList());
  }

  /** For {@code = ANY (?)}. */
  Parameters texts(Collection<? extends @Nullable String> texts) {
    return dialect.bindsArrays()
        ? object(texts.toArray(String[]::new))
        : list(new ArrayList<>(texts));
  }

  /** For {@code = ANY (?)}. */
  Parameters numbers(Collection<Integer> numbers) {
    return dialect.bindsArrays()
        ? object(numbers.toArray(Integer[]::new))
        : list(new ArrayList<>(numbers));
  }

  /** As {@link #texts(Collection)}, with a text of each item. */
  <T> Parameters texts(Collection<T> items, Function<? super T, @Nullable String> text) {
    List<@Nullable String> texts = new ArrayList<>(items.size());
    items.forEach(item -> texts.add(text.apply(item)));
    return texts(texts);
  }

  /** Its last item fills the list up; of nothing, null is the only item and equals none. */
  private Parameters list(List<Object> items) {
    int length = padded(items.size());
    for (int i = 0; i < length; i++) {
      object(items.isEmpty() ? null : items.get(Math.min(i, items.size() - 1)));
    }
    lists.add(length);
    return this;
  }

  /** A power of two, so that there are few texts of a statement and drivers can keep them. */
  private static int padded(int size) {
    return size <= 1 ? 1 : Integer.highestOneBit(size - 1) * 2;
  }

  private Parameters object(@Nullable Object value) {
    return add((statement, index) -> statement.setObject(index, value));
  }

  private Parameters add(Value value) {
    values.add(value);
    return this;
  }

  /** A statement with lists as long as these parameters need them. */
  String in(String sql) {
    if (lists.isEmpty()) {
      return sql;
    }
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int length : lists) {
      int at = sql.indexOf(LIST, from);
      text.append(sql, from, at).append("IN (?").append(", ?".repeat(length - 1)).append(')');
      from = at + LIST.length();
    }
    return text.append(sql, from, sql.length()).toString();
  }

  void set(PreparedStatement statement) throws SQLException {
    int index = 0;
    for (Value value : values) {
      value.set(statement, ++index);
    }
  }
}
