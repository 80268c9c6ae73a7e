package io.trigrun.route;

/** True or false. Made by {@link Shape#flag}. */
public record FlagShape(String about) implements Shape {

  @Override
  public JsonObject schema() {
    return JsonObject.builder().put("type", "boolean").put("description", about).build();
  }
}
