package io.trigrun.crontab;

/**
 * Something to know about a line that is all right: what cron does with it and a job does not.
 *
 * @param line its number, from 1
 * @param text a sentence
 */
public record CrontabNote(int line, String text) {}
