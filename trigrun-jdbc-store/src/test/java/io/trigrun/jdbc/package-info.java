/** The contract on H2, and what only a JDBC store promises. */
@NullMarked
package io.trigrun.jdbc;

import org.jspecify.annotations.NullMarked;
