/** A command that measures TrigRun beside its peers: see {@code --help}. */
@NullMarked
package io.trigrun.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
