/**
 * What becomes of the work when processes, connections and servers fail: run by {@code ./mvnw
 * -Pchaos}, not by {@code verify}.
 */
@NullMarked
package io.trigrun.chaos;

import org.jspecify.annotations.NullMarked;
