/** Measurements with JMH. */
@NullMarked
package io.trigrun.examples.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
