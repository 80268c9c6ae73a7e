/** The job store on a relational database. */
@SuppressWarnings("requires-automatic") // H2 ships no module descriptor
module io.trigrun.jdbc {
  requires static com.h2database;
  requires transitive io.trigrun.core;
  requires transitive java.sql;
  requires static transitive org.jspecify;

  exports io.trigrun.jdbc;
}
