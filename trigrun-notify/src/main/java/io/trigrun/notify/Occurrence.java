package io.trigrun.notify;

import io.trigrun.Labels;
import io.trigrun.notify.provider.Message;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Something that happened, which a channel hears of at most once.
 *
 * @param key tells it from all else that happens in the workspace: planning it twice sends nothing
 *     twice
 * @param since when the execution was enqueued that it is about: whose deliveries have ids that
 *     follow from the key, which costs a store less than a unique key and does as much; empty for
 *     all else
 * @param owner the job or monitor that it happened to
 * @param names the events it goes by, the most specific first
 * @param message what to tell, by the event that a channel has a rule for
 */
record Occurrence(
    String workspace,
    String key,
    Optional<Instant> since,
    Optional<UUID> owner,
    Labels labels,
    DeliverySubject subject,
    Instant at,
    List<NotificationEvent> names,
    Function<NotificationEvent, Message> message) {}
