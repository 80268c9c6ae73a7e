/** The server as whoever starts it sees it: a process, its output, and a port. */
@NullMarked
package io.trigrun.examples.server;

import org.jspecify.annotations.NullMarked;
