/** TrigRun as a program of its own: a port, a database and a token. */
@NullMarked
package io.trigrun.examples.server;

import org.jspecify.annotations.NullMarked;
