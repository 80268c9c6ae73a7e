package io.trigrun.internal.management;

import io.trigrun.NotFoundException;
import io.trigrun.route.Answer;
import io.trigrun.route.Call;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.secret.Secret;
import io.trigrun.secret.Secrets;
import java.util.List;

/** Secrets (row S11). A value goes in and is in no answer. */
final class SecretRoutes {

  private static final Shape NAME =
      Shape.text("what stands after secret://; letters, digits, dots, dashes and underscores")
          .length(1, 128);
  private static final Shape VALUE = Shape.text("the value").length(4, 65_536).secret();

  private static final ObjectShape DRAFT =
      Shape.object("SecretDraft", "A new secret").required("name", NAME).required("value", VALUE);
  private static final ObjectShape CHANGE =
      Shape.object("SecretChange", "Another value for a secret").required("value", VALUE);
  private static final ObjectShape SECRET =
      Shape.object("Secret", "What is known of a secret: all but its value")
          .required("name", NAME)
          .required("key_version", Shape.text("the key that its value is encrypted with"))
          .required("created_at", Shape.instant("when a value was first saved"))
          .required("updated_at", Shape.instant("when the value was last saved"));

  private SecretRoutes() {}

  static List<Route> all() {
    return List.of(
        Route.post("/secrets", "create_secret", "Creates a secret")
            .takes(DRAFT)
            .example("token", "{\"name\": \"api-token\", \"value\": \"a-token-of-yours\"}")
            .makes()
            .answers(201, SECRET)
            .refuses(ErrorCode.CONFLICT, ErrorCode.LIMIT_EXCEEDED, ErrorCode.NOT_CONFIGURED)
            .to(SecretRoutes::create),
        Route.get("/secrets", "list_secrets", "Lists secrets, newest first")
            .paged()
            .answers(200, Shape.page(SECRET))
            .to(
                call ->
                    Answer.page(
                        call.page(secrets(call)::list, secrets(call)::list), SecretRoutes::json)),
        Route.get("/secrets/{name}", "get_secret", "What is known of a secret")
            .answers(200, SECRET)
            .to(call -> answer(get(call))),
        Route.patch("/secrets/{name}", "update_secret", "Replaces the value of a secret")
            .takes(CHANGE)
            .example("another_token", "{\"value\": \"another-token-of-yours\"}")
            .conditional()
            .answers(200, SECRET)
            .refuses(ErrorCode.NOT_CONFIGURED)
            .to(SecretRoutes::update),
        Route.delete("/secrets/{name}", "delete_secret", "Deletes a secret that nothing names")
            .conditional()
            .answers(204)
            .to(SecretRoutes::delete));
  }

  private static Answer create(Call call) {
    JsonObject body = call.body();
    String name = body.text("name").orElseThrow();
    String value = body.text("value").orElseThrow();
    Secret created = secrets(call).create(name, value);
    return Answer.created(json(created)).tagged(created.version());
  }

  private static Answer update(Call call) {
    String value = call.body().text("value").orElseThrow();
    return call.unlessChanged(
        () -> {
          Secret now = get(call);
          call.requireTag(now.version());
          return answer(secrets(call).replace(now.name(), now.version(), value));
        });
  }

  private static Answer delete(Call call) {
    return call.unlessChanged(
        () -> {
          Secret now = get(call);
          call.requireTag(now.version());
          secrets(call).delete(now.name(), now.version());
          return Answer.done();
        });
  }

  private static Secret get(Call call) {
    String name = call.path("name");
    return secrets(call).find(name).orElseThrow(() -> new NotFoundException("secret", name));
  }

  private static Secrets secrets(Call call) {
    return call.workspace().secrets();
  }

  private static Answer answer(Secret secret) {
    return Answer.ok(json(secret)).tagged(secret.version());
  }

  private static JsonObject json(Secret secret) {
    return JsonObject.builder()
        .put("name", secret.name())
        .put("key_version", secret.keyId())
        .put("created_at", secret.createdAt())
        .put("updated_at", secret.updatedAt())
        .build();
  }
}
