package io.trigrun.jdbc;

import java.sql.SQLException;

/** The counter of configuration writes. Its row's lock lets them commit one after another. */
final class Revision {

  private static final String READ = "SELECT amount FROM trigrun_counter WHERE name = 'revision'";

  private static final String LOCK = READ + " FOR UPDATE";

  private static final String RAISE =
      "UPDATE trigrun_counter SET amount = amount + ? WHERE name = 'revision'";

  private Revision() {}

  static long read(Transaction transaction) throws SQLException {
    return transaction
        .first(READ, Transaction.Binding.NONE, Columns::number)
        .orElseThrow(() -> new SQLException("expected a row 'revision', got none", "XX000"));
  }

  /** Has everybody wait who saves configuration, until the transaction ends. */
  static void lock(Transaction transaction) throws SQLException {
    transaction.query(LOCK, Transaction.Binding.NONE, Columns::number);
  }

  static void raise(Transaction transaction, long by) throws SQLException {
    if (by > 0) {
      transaction.execute(RAISE, parameters -> parameters.number(by));
    }
  }
}
