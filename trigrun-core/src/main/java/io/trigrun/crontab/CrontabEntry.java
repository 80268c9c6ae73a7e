package io.trigrun.crontab;

import io.trigrun.JobSpec;

/**
 * A line of a crontab that runs something.
 *
 * @param line its number, from 1
 * @param job what it became
 */
public record CrontabEntry(int line, JobSpec job) {}
