/**
 * Crontabs become jobs (row S19): {@link io.trigrun.crontab.Crontab} reads the text, as Vixie cron
 * would, and says all that is wrong with it; importing stores the jobs. Lines are shell lines, so
 * most become {@linkplain io.trigrun.command.CommandAction command jobs}; a line that calls {@code
 * curl} and says nothing that an HTTP job can't do becomes one.
 */
@NullMarked
package io.trigrun.crontab;

import org.jspecify.annotations.NullMarked;
