/**
 * When a job runs: cron, interval, once, at once, by hand, and what becomes of runs that were
 * missed (rows S1, S2, S3 and S22 of the feature list).
 *
 * <p>Everything here is an immutable value with pure functions: no clock is read, nothing is
 * stored, every method may be called from any thread. The caller brings the instants. Bad input is
 * refused where it is given, with a {@link io.trigrun.validation.ValidationException} that names
 * the JSON field.
 *
 * <p>Schedules live in the years 1 to 9999: no firing lies outside, whatever instant is asked
 * about.
 */
@org.jspecify.annotations.NullMarked
package io.trigrun.schedule;
