package io.trigrun.schedulefile;

import io.trigrun.TriggerEvent;

/**
 * Something that is to happen on an event and that the core does not know: an extension may.
 *
 * @param path of the mapping it stands in: {@code jobs.coffee.on_error}
 * @param entry its key, with what it says
 */
public record FileHook(TriggerEvent event, String path, FileNode.Entry entry) {}
