/** The job store on a relational database. */
@SuppressWarnings("requires-automatic") // H2 ships no module descriptor
module io.trigrun.jdbc {
  requires static com.h2database;
  requires static org.postgresql.jdbc;
  requires transitive io.trigrun.core;
  requires transitive java.sql;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.trigrun.jdbc;
}
