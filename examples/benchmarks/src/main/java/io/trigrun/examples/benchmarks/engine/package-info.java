/** TrigRun, its peers and the bare database, each behind the same few calls. */
@NullMarked
package io.trigrun.examples.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
