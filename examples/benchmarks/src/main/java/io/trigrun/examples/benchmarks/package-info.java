/** Measurements with JMH. */
@NullMarked
package io.trigrun.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
