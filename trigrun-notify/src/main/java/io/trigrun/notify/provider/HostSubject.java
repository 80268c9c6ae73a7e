package io.trigrun.notify.provider;

/**
 * Something that the host itself has published (row N12).
 *
 * @param payload a JSON object: what a webhook gets, key for key
 */
public record HostSubject(String payload) implements Subject {}
