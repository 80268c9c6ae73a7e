package io.trigrun.workflow.internal.expression;

import io.trigrun.validation.Problems;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A JSON document whose strings may hold placeholders; its keys may not. Immutable: rendering gives
 * a new document, which shares nothing with the values put in.
 */
public final class TemplateTree {

  private final TreePart root;

  private TemplateTree(TreePart root) {
    this.root = root;
  }

  /**
   * Parses a document; what is wrong with it is told to {@code problems}.
   *
   * @param pointer where it stands; those of its parts begin with it
   */
  public static TemplateTree parse(String pointer, JsonNode document, Problems problems) {
    return parse(pointer, document, Root.DATA, problems);
  }

  /** As {@link #parse(String, JsonNode, Problems)}, with these roots and no others. */
  public static TemplateTree parse(
      String pointer, JsonNode document, Set<Root> roots, Problems problems) {
    return new TemplateTree(new TreeParser(roots, problems).part(pointer, document.deepCopy(), 0));
  }

  public boolean isConstant() {
    return root instanceof TreePart.Constant;
  }

  /** The references in it, in order. */
  public List<Located> references() {
    return root.references().toList();
  }

  /**
   * The document with its values.
   *
   * @throws RenderingException if a reference finds nothing, or too much
   */
  public JsonNode render(Scope scope) {
    return new Rendering(scope).tree(root);
  }
}
