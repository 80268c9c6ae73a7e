package io.trigrun.notify.provider;

import java.util.List;

/**
 * A summary of what happened since the one before (row N17). Outputs of jobs are left out.
 *
 * @param items the messages, oldest first, at most 500: the earliest ones
 * @param count how many there were, those left out included
 */
public record DigestSubject(List<Message> items, int count) implements Subject {

  public DigestSubject {
    items = List.copyOf(items);
  }
}
