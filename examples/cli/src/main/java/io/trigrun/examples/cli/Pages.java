package io.trigrun.examples.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A list of the API, gathered from its pages. */
record Pages(List<JsonNode> items, boolean isCut) {

  private static final int LONGEST_PAGE = 100;

  /** Of at most so many items, in long pages. */
  static Pages read(ApiClient api, ApiPath path, int limit) {
    return follow(api, path.with("limit", String.valueOf(Math.min(limit, LONGEST_PAGE))), limit);
  }

  /** Of all items, in pages of the length that the API likes. */
  static Pages read(ApiClient api, ApiPath path) {
    return follow(api, path, Integer.MAX_VALUE);
  }

  private static Pages follow(ApiClient api, ApiPath first, int limit) {
    List<JsonNode> items = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    ApiPath next = first;
    while (true) {
      JsonNode page = api.get(next).json();
      page.path("items").forEach(items::add);
      JsonNode cursor = page.path("next_cursor");
      boolean last = !cursor.isString();
      if (last || items.size() >= limit) {
        boolean cut = !last || items.size() > limit;
        return new Pages(items.subList(0, Math.min(limit, items.size())), cut);
      }
      if (!seen.add(cursor.stringValue())) {
        throw Failure.refused("the API gives the same next_cursor twice: its list has no end");
      }
      next = first.with("cursor", cursor.stringValue());
    }
  }
}
