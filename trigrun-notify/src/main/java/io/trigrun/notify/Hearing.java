package io.trigrun.notify;

import io.trigrun.notify.provider.MessageTemplate;
import java.util.Optional;

/**
 * How a channel hears of something.
 *
 * @param event as what
 * @param template in which words, if a rule says
 */
record Hearing(NotificationEvent event, Optional<MessageTemplate> template) {}
