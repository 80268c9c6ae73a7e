/** The job store on a relational database, and sessions that join the transaction of the host. */
@NullMarked
package io.trigrun.jdbc;

import org.jspecify.annotations.NullMarked;
