package io.trigrun.chaos;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * What a test leaves to chance: a new one each time, told when the test fails, and given back to it
 * with {@code -Dchaos.seed=N}.
 */
record Seed(long number) {

  Random random() {
    return new Random(number);
  }

  /** Hands tests their seed. */
  static final class Source implements ParameterResolver, TestExecutionExceptionHandler {

    private static final Namespace NAMESPACE = Namespace.create(Source.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == Seed.class;
    }

    @Override
    public Seed resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return of(test);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext test, Throwable failure) {
      throw new AssertionError(
          "replay with -Dchaos.seed=" + of(test).number() + ": " + failure.getMessage(), failure);
    }

    private static Seed of(ExtensionContext test) {
      return test.getStore(NAMESPACE)
          .getOrComputeIfAbsent(
              "seed",
              key -> new Seed(Long.getLong("chaos.seed", new Random().nextInt(1_000_000))),
              Seed.class);
    }
  }
}
