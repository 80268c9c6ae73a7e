/** What is measured, each scenario for every engine that can do it. */
@NullMarked
package io.trigrun.examples.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
