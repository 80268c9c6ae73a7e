package io.trigrun;

/**
 * The transaction a write joins. Opaque to everyone but the store that made it: {@code
 * JdbcSession.of(connection)} joins the transaction of a JDBC connection.
 */
public interface StoreSession {

  /** No transaction of the host: the write is one of its own. */
  static StoreSession own() {
    return OwnSession.INSTANCE;
  }
}
