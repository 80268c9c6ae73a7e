/** Requests to a server, as many as it answers, sent by a process of their own. */
@NullMarked
package io.trigrun.examples.benchmarks.load;

import org.jspecify.annotations.NullMarked;
