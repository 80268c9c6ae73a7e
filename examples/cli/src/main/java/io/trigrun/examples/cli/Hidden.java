package io.trigrun.examples.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.StringNode;

/** What must not be printed, whoever says it: the token, and secrets that were typed in. */
final class Hidden {

  private static final int SHORTEST = 8; // shorter ones would tear holes into everything
  private static final String INSTEAD = "***";

  private final List<String> texts = new ArrayList<>();

  void add(String text) {
    if (text.length() >= SHORTEST) {
      texts.add(text);
    }
  }

  String in(String text) {
    String left = inJson(text);
    for (String each : texts) {
      left = left.replace(each, INSTEAD);
    }
    return left;
  }

  /** Where quotes and backslashes are escaped, and others mean something. */
  String inJson(String json) {
    String left = json;
    for (String each : texts) {
      String quoted = StringNode.valueOf(each).toString();
      left = left.replace(quoted.substring(1, quoted.length() - 1), INSTEAD);
    }
    return left;
  }
}
