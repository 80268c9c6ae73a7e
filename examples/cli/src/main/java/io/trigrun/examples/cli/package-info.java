/**
 * The command line of a TrigRun: one class for each group of commands, which talk to the HTTP
 * surface and know nothing of the library.
 */
@NullMarked
package io.trigrun.examples.cli;

import org.jspecify.annotations.NullMarked;
