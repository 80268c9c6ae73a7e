package io.trigrun.inbound;

import io.trigrun.route.JsonObject;
import io.trigrun.route.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that whoever has a token may ask for: what {@link PublicRoutes} finds it by, and what
 * the OpenAPI document says of it. Bodies are the affair of its action.
 *
 * <p>Errors that any of them may answer (408, 413, 414, 431, 500, 503) need not be said.
 *
 * @param path below the mount point, with the place of the token: {@code /ping/{token}}
 * @param name unique: {@code ping}
 * @param summary one line for people
 * @param takes what bodies may be, by media type; none if a body is of no matter
 * @param answers what it answers, by status and media type
 * @param errors by status: what each code means; each is JSON
 * @param examples of answers in JSON, by status
 */
public record PublicRoute(
    String method,
    String path,
    String name,
    String summary,
    Map<String, Shape> takes,
    Map<Integer, Map<String, Shape>> answers,
    Map<Integer, Map<String, String>> errors,
    Map<Integer, JsonObject> examples,
    Action action) {

  static final String TOKEN = "{token}";

  /** What it does. */
  @FunctionalInterface
  public interface Action {

    /**
     * Does it, on the thread of the server.
     *
     * @param token as it stands in the path, decoded; maybe empty, and anything at all
     */
    InboundResponse answer(InboundRequest request, String token);
  }

  public PublicRoute {
    takes = Collections.unmodifiableMap(new LinkedHashMap<>(takes));
    answers = Collections.unmodifiableMap(new TreeMap<>(answers));
    errors = Collections.unmodifiableMap(new TreeMap<>(errors));
    examples = Map.copyOf(examples);
    if (!path.startsWith("/") || segments(path).stream().filter(TOKEN::equals).count() != 1) {
      throw new IllegalArgumentException(
          "expected a path that begins with / and has one {token}, got " + path);
    }
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /** Looks at something, by {@code HEAD}, too. */
  public static Builder get(String path, String name, String summary) {
    return new Builder("GET", path, name, summary);
  }

  /** Tells something. */
  public static Builder post(String path, String name, String summary) {
    return new Builder("POST", path, name, summary);
  }

  /** The parts of the path. */
  public List<String> segments() {
    return segments(path);
  }

  /** Says what a route is. */
  public static final class Builder {

    private final String method;
    private final String path;
    private final String name;
    private final String summary;
    private final Map<String, Shape> takes = new LinkedHashMap<>();
    private final Map<Integer, Map<String, Shape>> answers = new TreeMap<>();
    private final Map<Integer, Map<String, String>> errors = new TreeMap<>();
    private final Map<Integer, JsonObject> examples = new TreeMap<>();

    private Builder(String method, String path, String name, String summary) {
      this.method = method;
      this.path = path;
      this.name = name;
      this.summary = summary;
    }

    /** With such a body, or with none. */
    public Builder takes(String mediaType, Shape shape) {
      takes.put(mediaType, shape);
      return this;
    }

    /**
     * Answers JSON.
     *
     * @param example of the shape, for the document
     */
    public Builder answers(int status, Shape shape, String example) {
      examples.put(status, JsonObject.parse(example.getBytes(StandardCharsets.UTF_8)));
      return answersWith(status, "application/json", shape);
    }

    /** Answers text of this type, also beside JSON. */
    public Builder answersWith(int status, String mediaType, Shape text) {
      answers.computeIfAbsent(status, none -> new LinkedHashMap<>()).put(mediaType, text);
      return this;
    }

    /**
     * Answers an error.
     *
     * @param meaning for people, without a full stop
     */
    public Builder refuses(int status, String code, String meaning) {
      errors.computeIfAbsent(status, none -> new LinkedHashMap<>()).put(code, meaning);
      return this;
    }

    /** The route, with what it does. */
    public PublicRoute to(Action action) {
      return new PublicRoute(method, path, name, summary, takes, answers, errors, examples, action);
    }
  }
}
