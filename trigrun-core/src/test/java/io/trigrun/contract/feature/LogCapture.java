package io.trigrun.contract.feature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Catches what is logged: with slf4j-simple at every level by the loggers of the library that exist
 * when it is made, with others what comes to standard error.
 */
final class LogCapture implements AutoCloseable {

  private static final int TRACE = 0;

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream caught = new ByteArrayOutputStream();
  private final Map<Logger, Integer> levels = new HashMap<>();

  LogCapture() {
    System.setErr(new PrintStream(caught, true, UTF_8));
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory.getClass().getSimpleName().equals("SimpleLoggerFactory")) {
      try {
        Map<?, ?> loggers = (Map<?, ?>) field(factory, "loggerMap").get(factory);
        for (Object logger : loggers.values()) {
          if (((Logger) logger).getName().startsWith("io.trigrun")) {
            Field level = field(logger, "currentLogLevel");
            levels.put((Logger) logger, level.getInt(logger));
            level.setInt(logger, TRACE);
          }
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("slf4j-simple has changed", e);
      }
    }
  }

  private static Field field(Object owner, String name) throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** Whether it catches everything, and not only what comes to standard error. */
  boolean isComplete() {
    return !levels.isEmpty() && levels.keySet().stream().allMatch(Logger::isTraceEnabled);
  }

  String text() {
    return caught.toString(UTF_8);
  }

  @Override
  public void close() {
    System.setErr(before);
    levels.forEach(
        (logger, level) -> {
          try {
            field(logger, "currentLogLevel").setInt(logger, level);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("slf4j-simple has changed", e);
          }
        });
  }
}
