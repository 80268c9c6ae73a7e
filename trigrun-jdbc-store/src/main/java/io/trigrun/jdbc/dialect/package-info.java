/** What differs from database to database. Not exported: hosts need not know. */
@NullMarked
package io.trigrun.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
