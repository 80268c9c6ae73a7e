package io.trigrun.workflow.internal.expression;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A part of a JSON document with placeholders. */
sealed interface TreePart {

  Stream<Located> references();

  /** Without any placeholder. */
  record Constant(JsonNode value) implements TreePart {
    @Override
    public Stream<Located> references() {
      return Stream.empty();
    }
  }

  /** A string. */
  record Text(TemplateString template) implements TreePart {
    @Override
    public Stream<Located> references() {
      return template.references().stream();
    }
  }

  record Elements(List<TreePart> parts) implements TreePart {
    @Override
    public Stream<Located> references() {
      return parts.stream().flatMap(TreePart::references);
    }
  }

  record Members(Map<String, TreePart> parts) implements TreePart {
    @Override
    public Stream<Located> references() {
      return parts.values().stream().flatMap(TreePart::references);
    }
  }
}
