/** The PostgreSQL that everything is measured on. */
@NullMarked
package io.trigrun.examples.benchmarks.database;

import org.jspecify.annotations.NullMarked;
