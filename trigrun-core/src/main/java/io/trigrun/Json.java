package io.trigrun;

/**
 * A JSON text, where an object to be written as JSON would be possible too: it is taken as it is.
 *
 * @param text a well-formed JSON text; checked where it is used
 */
public record Json(String text) {

  /** <code>{}</code> */
  public static final Json EMPTY_OBJECT = new Json("{}");
}
