package io.trigrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What a host need not bring is not asked for. */
class OptionalDependenciesTest {

  /** Runs something with what is optional left out. */
  static final class Work implements Callable<Integer> {
    @Override
    public Integer call() {
      try (TrigRun trigrun =
          TrigRun.builder().handler("work", Json.class, (payload, job) -> {}).build()) {
        var unused = trigrun.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT));
        return trigrun.runDue().attempts() + trigrun.health().toJson(trigrun.backlog()).length();
      }
    }
  }

  @Test
  void work_is_done_without_micrometer_and_opentelemetry() throws Exception {
    String separator = System.getProperty("path.separator");
    URL[] urls =
        Arrays.stream(System.getProperty("java.class.path").split(separator))
            .filter(path -> !path.contains("micrometer") && !path.contains("opentelemetry"))
            .map(OptionalDependenciesTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> loader.loadClass("io.micrometer.core.instrument.MeterRegistry"))
          .isInstanceOf(ClassNotFoundException.class);
      assertThatThrownBy(() -> loader.loadClass("io.opentelemetry.api.OpenTelemetry"))
          .isInstanceOf(ClassNotFoundException.class);
      var constructor = loader.loadClass(Work.class.getName()).getDeclaredConstructor();
      constructor.setAccessible(true);
      Callable<?> work = (Callable<?>) constructor.newInstance();
      assertThat((Integer) work.call()).isGreaterThan(1);
    }
  }

  private static URL url(String path) {
    try {
      return new File(path).toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
