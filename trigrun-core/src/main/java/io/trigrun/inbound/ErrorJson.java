package io.trigrun.inbound;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The body of an error. */
final class ErrorJson {

  private ErrorJson() {}

  static String of(String code, String message) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.putObject("error").put("code", code).put("message", message).putArray("details");
    return root.toString();
  }
}
