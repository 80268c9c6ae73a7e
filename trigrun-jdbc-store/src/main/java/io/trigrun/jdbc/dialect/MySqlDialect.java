package io.trigrun.jdbc.dialect;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** MySQL and MariaDB. What differs between the two is in the script, in comments they execute. */
final class MySqlDialect implements Dialect {

  private static final int DUPLICATE = 1062;
  private static final Set<Integer> NO_TABLE = Set.of(1049, 1146);

  /** Deadlock, waited too long for a lock, the row has changed since the transaction's snapshot. */
  private static final Set<Integer> COLLIDED = Set.of(1213, 1205, 1020);

  /** Larger than max_allowed_packet, no character of the column, refused by a CHECK. */
  private static final Set<Integer> UNSTORABLE = Set.of(1153, 1366, 3819);

  /** No right to a database, a table, a column, a routine; or to what needs a special one. */
  private static final Set<Integer> FORBIDDEN = Set.of(1044, 1142, 1143, 1370, 1227);

  /** The server, the transaction, or the server for all but a few is read-only. */
  private static final Set<Integer> READ_ONLY = Set.of(1290, 1792, 1836);

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

  /** What a statement has besides one large text. */
  private static final int REST = 8 * 1024;

  private final long longestText;

  private MySqlDialect(long maxPacket) {
    longestText = Math.max(maxPacket - REST, 0);
  }

  static MySqlDialect of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@max_allowed_packet")) {
      row.next();
      return new MySqlDialect(row.getLong(1));
    }
  }

  static boolean understands(DatabaseMetaData database) throws SQLException {
    return understands(
        database.getDatabaseProductName(),
        database.getDatabaseProductVersion(),
        database.getDatabaseMajorVersion(),
        database.getDatabaseMinorVersion());
  }

  /**
   * Since when there is SKIP LOCKED, and a collation that takes every character as it is: MariaDB
   * 10.6, MySQL 8.0.17.
   */
  static boolean understands(String product, String version, int major, int minor) {
    boolean mariaDb = product.equals("MariaDB") || version.contains("MariaDB");
    Matcher numbers = VERSION.matcher(version);
    int patch = numbers.lookingAt() ? Integer.parseInt(numbers.group(3)) : 0;
    int[] least = mariaDb ? new int[] {10, 6, 0} : new int[] {8, 0, 17};
    return Arrays.compare(new int[] {major, minor, patch}, least) >= 0;
  }

  @Override
  public String folder() {
    return "mysql";
  }

  /** Not {@code INSERT IGNORE}, which would let unstorable values pass, too. */
  @Override
  public Optional<String> ifAbsent() {
    return Optional.of("ON DUPLICATE KEY UPDATE execution_id = execution_id");
  }

  @Override
  public boolean bindsArrays() {
    return false;
  }

  @Override
  public boolean locksFirst() {
    return true;
  }

  @Override
  public boolean worksInBulk() {
    return false;
  }

  /** 16 bytes, which are ordered as they are read: unsigned. */
  @Override
  public Object bound(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  @Override
  public @Nullable UUID id(ResultSet row, int column) throws SQLException {
    byte[] value = row.getBytes(column);
    if (value == null) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(value);
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  /** A date and a time without a zone, which no driver and no session converts. */
  @Override
  public Object bound(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  @Override
  public @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    LocalDateTime value = row.getObject(column, LocalDateTime.class);
    return value == null ? null : value.toInstant(ZoneOffset.UTC);
  }

  /** In UTC, as all instants are stored here, whatever the time zone of the session. */
  @Override
  public String now() {
    return "SELECT UTC_TIMESTAMP(6)";
  }

  /** The server may end a connection with more in a packet without an answer. */
  @Override
  public long longestText() {
    return longestText;
  }

  @Override
  public String databaseName() {
    return "SELECT DATABASE()";
  }

  @Override
  public boolean schemaIsDatabase() {
    return true;
  }

  @Override
  public Verdict verdict(SQLException failure) {
    int code = failure.getErrorCode();
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    if (code == DUPLICATE) {
      return Verdict.TAKEN;
    }
    if (COLLIDED.contains(code) || state.startsWith("40")) {
      return Verdict.COLLIDED;
    }
    if (NO_TABLE.contains(code)) {
      return Verdict.NO_TABLE;
    }
    if (UNSTORABLE.contains(code) || state.startsWith("22") || state.startsWith("23")) {
      return Verdict.UNSTORABLE;
    }
    if (FORBIDDEN.contains(code)) {
      return Verdict.FORBIDDEN;
    }
    return READ_ONLY.contains(code) ? Verdict.READ_ONLY : Verdict.UNAVAILABLE;
  }
}
