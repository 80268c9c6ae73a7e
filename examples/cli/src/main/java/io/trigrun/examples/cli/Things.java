package io.trigrun.examples.cli;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What is done with things of one kind, whatever kind it is.
 *
 * @param noun one of them, in sentences
 * @param path where the API has them
 * @param columns of a list
 */
record Things(Session session, String noun, String path, List<Column> columns) {

  ApiPath all() {
    return ApiPath.of(path);
  }

  ApiPath one(String id, String... below) {
    return ApiPath.of(Stream.concat(Stream.of(path, id), Stream.of(below)).toArray(String[]::new));
  }

  void list(Paging paging) {
    list(all(), paging);
  }

  void list(ApiPath some, Paging paging) {
    session.list(some, paging.limit(), columns);
  }

  void show(String id) {
    session.show(session.api().get(one(id)));
  }

  void create(JsonNode body) {
    session.show(session.api().create(all(), body));
  }

  void update(String id, JsonNode change) {
    session.show(session.api().patch(one(id), change));
  }

  /** Tells one of them to do something, and that it was {@code done}: "Paused report." */
  void does(String verb, String id, String done) {
    Reply thing = session.api().post(one(id, verb));
    session.tell(thing, done + " " + Values.of(thing.json().path("name")) + ".");
  }

  /** Makes an execution of one of them. */
  void runs(String verb, String id) {
    Reply execution = session.api().create(one(id, verb));
    session.tell(execution, "Execution " + Values.of(execution.json().path("id")) + " is queued.");
  }

  /** Shows a new token, this once. */
  void rotates(ApiPath token) {
    session.show(session.api().create(token));
  }

  void delete(String id) {
    session.tell(session.api().delete(one(id)), "Deleted " + noun + " " + id + ".");
  }
}
