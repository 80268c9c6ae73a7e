package io.trigrun.workflow.internal.request;

import io.trigrun.http.SecretLookup;
import io.trigrun.workflow.internal.expression.Reference;
import io.trigrun.workflow.internal.expression.Root;
import io.trigrun.workflow.internal.expression.Scope;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Knows secrets besides what another scope knows. */
record SecretScope(Scope data, SecretLookup secrets) implements Scope {

  static boolean isSecret(Reference reference) {
    return reference.root().equals(Root.SECRET.word());
  }

  @Override
  public Optional<JsonNode> find(Reference reference) {
    return isSecret(reference)
        ? secrets.find(reference.path().get(0)).map(JsonNodeFactory.instance::stringNode)
        : data.find(reference);
  }
}
