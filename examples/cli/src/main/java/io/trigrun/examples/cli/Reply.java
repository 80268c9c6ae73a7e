package io.trigrun.examples.cli;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What the API said. */
record Reply(int status, String body) {

  boolean isDone() {
    return status >= 200 && status < 300;
  }

  /** Missing if the API had nothing to say, as after a delete. */
  JsonNode json() {
    if (body.isBlank()) {
      return MissingNode.getInstance();
    }
    try {
      return Json.read(body);
    } catch (JacksonException e) {
      throw Failure.refused(
          "the answer (" + status + ") is no JSON; is TRIGRUN_API_URL that of a TrigRun?");
    }
  }
}
