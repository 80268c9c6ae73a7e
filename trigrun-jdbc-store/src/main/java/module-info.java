/** The job store on a relational database. */
module io.trigrun.jdbc {
  requires transitive io.trigrun.core;
  requires transitive java.sql;
  requires static transitive org.jspecify;
}
