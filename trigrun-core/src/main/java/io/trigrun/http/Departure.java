package io.trigrun.http;

import io.trigrun.egress.guard.Pass;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.Optional;

/** A hop on its way out, with a pass if it goes through the guard. Close it when it is over. */
record Departure(HttpRequest request, Optional<Pass> pass) implements AutoCloseable {

  static Departure unguarded(Hop hop) {
    return new Departure(hop.request().build(), Optional.empty());
  }

  static Departure guarded(Hop hop, Pass pass) {
    return new Departure(
        hop.request().setHeader("Proxy-Authorization", pass.authorization()).build(),
        Optional.of(pass));
  }

  /** Why the guard let nothing out: then what came is the guard's own answer, or its sign-off. */
  Optional<IOException> refusal() {
    return pass.flatMap(Pass::failure);
  }

  @Override
  public void close() {
    pass.ifPresent(Pass::close);
  }

  /** Holds a key to the guard. */
  @Override
  public String toString() {
    return "Departure[" + request.uri().getHost() + ", guarded=" + pass.isPresent() + "]";
  }
}
