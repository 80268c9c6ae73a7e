package io.trigrun.notify;

import java.time.Instant;
import java.util.UUID;

/**
 * Says that a channel gets a message when something happens. A snapshot.
 *
 * @param scope what it is about
 * @param channelName of the channel, when the rule was read
 * @param channelType of the channel
 * @param options what else was said
 * @param version rises with each change of the options
 */
public record Rule(
    UUID id,
    RuleScope scope,
    UUID channelId,
    String channelName,
    String channelType,
    NotificationEvent event,
    RuleOptions options,
    long version,
    Instant createdAt) {}
