package io.trigrun.examples.cli;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What all commands of one call share: the API, and how answers are shown. */
final class Session {

  private static final int LONGEST_TABLE = 500;

  private final Map<String, String> environment;
  private final Input input;
  private final Output output;
  private final Time time;
  private boolean asJson;
  private @Nullable ApiClient api;

  Session(Map<String, String> environment, Input input, Output output, Time time) {
    this.environment = Map.copyOf(environment);
    this.input = input;
    this.output = output;
    this.time = time;
  }

  /** Made when it is first needed: help needs none. */
  ApiClient api() {
    ApiClient made = api;
    if (made == null) {
      Settings settings = Settings.of(environment);
      settings.token().ifPresent(output.hidden()::add);
      if (settings.showsToken()) {
        output.note(
            "warning: the token goes to "
                + settings.api()
                + " unencrypted; https:// would hide it");
      }
      made = new ApiClient(settings, output.hidden());
      api = made;
    }
    return made;
  }

  Input input() {
    return input;
  }

  Output output() {
    return output;
  }

  Time time() {
    return time;
  }

  boolean asJson() {
    return asJson;
  }

  void setAsJson(boolean asJson) {
    this.asJson = asJson;
  }

  /** A list of the API: for programs to its end, for people not longer than they read. */
  void list(ApiPath path, OptionalInt limit, List<Column> columns) {
    show(
        Pages.read(api(), path, limit.orElse(asJson ? Integer.MAX_VALUE : LONGEST_TABLE)),
        limit,
        columns);
  }

  void list(ApiPath path, List<Column> columns) {
    show(Pages.read(api(), path), OptionalInt.empty(), columns);
  }

  private void show(Pages pages, OptionalInt limit, List<Column> columns) {
    List<JsonNode> items = pages.items();
    if (asJson) {
      output.json(Json.array(items));
    } else if (items.isEmpty()) {
      output.note("None.");
    } else {
      output.table(new Table(columns, items));
    }
    if (pages.isCut() && limit.isEmpty()) {
      output.note("The first " + items.size() + "; --limit and --json show more.");
    }
  }

  /** All that the API says of a thing. */
  void show(Reply reply) {
    if (asJson) {
      output.json(reply.body());
    } else {
      output.sheet(new Sheet(reply.json()));
    }
  }

  /** What was done, in a sentence; programs get the answer. */
  void tell(Reply reply, String sentence) {
    if (!asJson) {
      output.line(sentence);
    } else if (!reply.body().isBlank()) {
      output.json(reply.body());
    }
  }
}
