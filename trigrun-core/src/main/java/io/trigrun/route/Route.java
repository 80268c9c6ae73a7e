package io.trigrun.route;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One thing that can be asked for.
 *
 * <pre>{@code
 * Route.post("/lamps", "create_lamp", "Creates a lamp")
 *     .takes(LAMP_DRAFT)
 *     .makes()
 *     .answers(201, LAMP)
 *     .refuses(ErrorCode.CONFLICT)
 *     .to(call -> Answer.created(json(lamps.create(read(call.body())))))
 * }</pre>
 *
 * <p>Errors that follow from what it says (400, 401, 403, 404, 412, 413, 415, 422, 429) need not be
 * said.
 *
 * @param path below the mount point, names of parameters in braces: {@code /lamps/{id}}
 * @param name unique: {@code create_lamp}
 * @param summary one line for people
 * @param role what the caller has to be
 * @param isPaged whether it has {@code limit} and {@code cursor}
 * @param isIdempotent whether {@code Idempotency-Key} counts
 * @param isConditional whether {@code If-Match} counts
 * @param query parameters, all of them optional
 * @param body empty if it takes none
 * @param examples of bodies, by name
 * @param answers what it answers when it is done: status and shape, empty for no body
 * @param shown examples of answers, by status; see {@link AnswerExamples}
 * @param refusals errors of its own
 * @param review what else is wrong with a body that has not the shape
 */
public record Route(
    String method,
    String path,
    String name,
    String summary,
    Role role,
    boolean isPaged,
    boolean isIdempotent,
    boolean isConditional,
    Map<String, Shape> query,
    Optional<Shape> body,
    Map<String, JsonObject> examples,
    Map<Integer, Optional<Shape>> answers,
    Map<Integer, JsonObject> shown,
    List<ErrorCode> refusals,
    Optional<Consumer<Call>> review,
    Action action) {

  /**
   * What it does, on the thread of the server. What it throws becomes an error: {@link Refusal},
   * {@code ValidationException}, {@code NotFoundException}, {@code ConflictException}, {@code
   * LimitExceededException} and {@code StoreException} with the code for it, all else 500.
   */
  @FunctionalInterface
  public interface Action {
    /** Does it. */
    Answer answer(Call call);
  }

  public Route {
    examples = Collections.unmodifiableMap(new LinkedHashMap<>(examples));
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    shown = Map.copyOf(shown);
    refusals = List.copyOf(refusals);
    if (!path.startsWith("/") || answers.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a path that begins with / and an answer, got " + method + " " + path);
    }
  }

  /** Looks at something. */
  public static Builder get(String path, String name, String summary) {
    return new Builder("GET", path, name, summary, Role.READ);
  }

  /** Makes or does something. */
  public static Builder post(String path, String name, String summary) {
    return new Builder("POST", path, name, summary, Role.WRITE);
  }

  /** Changes the fields that the body has. */
  public static Builder patch(String path, String name, String summary) {
    return new Builder("PATCH", path, name, summary, Role.WRITE);
  }

  /** Deletes something. */
  public static Builder delete(String path, String name, String summary) {
    return new Builder("DELETE", path, name, summary, Role.WRITE);
  }

  /** The same, with examples of answers, by status. */
  public Route showing(Map<Integer, JsonObject> examplesOfAnswers) {
    return new Route(
        method,
        path,
        name,
        summary,
        role,
        isPaged,
        isIdempotent,
        isConditional,
        query,
        body,
        examples,
        answers,
        examplesOfAnswers,
        refusals,
        review,
        action);
  }

  /** The parts of the path. */
  public List<String> segments() {
    return List.of(path.substring(1).split("/", -1));
  }

  /** Whether a part of a path is a parameter. */
  public static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  /** The names of the parameters in the path. */
  public List<String> parameters() {
    return segments().stream()
        .filter(Route::isParameter)
        .map(segment -> segment.substring(1, segment.length() - 1))
        .toList();
  }

  @Override
  public String toString() {
    return method + " " + path;
  }

  /** Says what a route is. */
  public static final class Builder {

    private final String method;
    private final String path;
    private final String name;
    private final String summary;
    private final Role role;
    private final Map<String, Shape> query = new LinkedHashMap<>();
    private final Map<String, JsonObject> examples = new LinkedHashMap<>();
    private final Map<Integer, Optional<Shape>> answers = new LinkedHashMap<>();
    private final List<ErrorCode> refusals = new ArrayList<>();
    private Optional<Shape> body = Optional.empty();
    private Optional<Consumer<Call>> review = Optional.empty();
    private boolean paged;
    private boolean idempotent;
    private boolean conditional;

    private Builder(String method, String path, String name, String summary, Role role) {
      this.method = method;
      this.path = path;
      this.name = name;
      this.summary = summary;
      this.role = role;
    }

    /** With a query parameter: a text, a number or a flag, at most once. */
    public Builder query(String parameter, Shape shape) {
      query.put(parameter, shape);
      return this;
    }

    /** With {@code limit} and {@code cursor}. */
    public Builder paged() {
      paged = true;
      return this;
    }

    /** With a body, which has to be there: an {@link ObjectShape}, {@link ChoiceShape} or map. */
    public Builder takes(Shape shape) {
      body = Optional.of(shape);
      return this;
    }

    /**
     * With an example of a body, for the document.
     *
     * @param example unique in the route: {@code cron_job}
     * @param json an object that has the shape
     */
    public Builder example(String example, String json) {
      examples.put(example, JsonObject.parse(json.getBytes(StandardCharsets.UTF_8)));
      return this;
    }

    /** Makes something: an {@code Idempotency-Key} lets it do so once only. */
    public Builder makes() {
      idempotent = true;
      return this;
    }

    /** Asks {@link Call#requireTag}. */
    public Builder conditional() {
      conditional = true;
      return this;
    }

    /** Answers this when it is done. */
    public Builder answers(int status, Shape shape) {
      answers.put(status, Optional.of(shape));
      return this;
    }

    /** Answers this, without a body, when it is done. */
    public Builder answers(int status) {
      answers.put(status, Optional.empty());
      return this;
    }

    /** Has errors of its own. */
    public Builder refuses(ErrorCode... codes) {
      refusals.addAll(List.of(codes));
      return this;
    }

    /**
     * Asked for bodies that have not the shape: what it throws as a {@code ValidationException} is
     * told along with that, so that callers learn all at once. Whatever else it throws, as it found
     * what it did not expect, is of no matter.
     */
    public Builder reviewedBy(Consumer<Call> further) {
      review = Optional.of(further);
      return this;
    }

    /** The route, with what it does. */
    public Route to(Action action) {
      return new Route(
          method,
          path,
          name,
          summary,
          role,
          paged,
          idempotent,
          conditional,
          query,
          body,
          examples,
          answers,
          Map.of(),
          refusals,
          review,
          action);
    }
  }
}
