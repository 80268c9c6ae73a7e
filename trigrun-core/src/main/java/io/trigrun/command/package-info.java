/**
 * Command jobs (row S17): a process with arguments, as a job saves it. How it is run belongs to the
 * engine; a node runs commands, and saves jobs that do, only if its host called {@link
 * io.trigrun.TrigRunBuilder#allowCommands()}.
 */
@NullMarked
package io.trigrun.command;

import org.jspecify.annotations.NullMarked;
