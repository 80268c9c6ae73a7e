package io.trigrun.http;

import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@link HttpActionJson} reads and writes, for the HTTP surface. */
final class HttpActionShape {

  private static final Shape STATUS = Shape.whole("a status").range(100, 599);

  private static final Shape CHECK =
      Shape.choice("ResponseCheck", "What has to hold of an answer", "source", checks());

  static final ObjectShape SHAPE =
      Shape.object("JobRequest", "An HTTP request, with the rules by which its answer is judged")
          .required("url", Shape.text("where to; placeholders in path and query").length(1, 2_048))
          .optional("method", Shape.words("GET by default", names(HttpMethod.values())))
          .optional(
              "headers",
              Shape.map("values may hold secret://name", Shape.text("a value").length(0, 8_192)))
          .optional("body", Shape.any("a text, or an object or a list that is sent as JSON"))
          .optional(
              "timeout_seconds", Shape.whole("for the whole exchange; 30 by default").range(1, 300))
          .optional(
              "success_statuses",
              Shape.list("200, 201, 202 and 204 by default", STATUS).length(1, 500))
          .optional(
              "checks",
              Shape.list("what else has to hold of an answer with such a status", CHECK)
                  .length(0, 50))
          .optional(
              "output",
              Shape.map(
                  "what to keep of the answer, by name",
                  Shape.text("/order/id, $.order.id, header:ETag, status or body")))
          .optional(
              "follow_redirects", Shape.flag("whether 5 redirects are followed; no by default"));

  private HttpActionShape() {}

  private static Map<String, ObjectShape> checks() {
    Shape value = Shape.text("to compare with");
    Map<String, ObjectShape> checks = new LinkedHashMap<>();
    checks.put(
        "body",
        Shape.object("BodyCheck", "Of the text of the body")
            .required("op", Shape.words("how", BodyCheck.Operator.values()))
            .required("value", value));
    checks.put(
        "json",
        Shape.object("JsonCheck", "Of a field of a JSON body")
            .required("op", Shape.words("how", JsonCheck.Operator.values()))
            .required("path", Shape.text("/order/id or $.order.id"))
            .optional("value", Shape.any("to compare with; not for exists")));
    checks.put(
        "header",
        Shape.object("HeaderCheck", "Of a header")
            .required("op", Shape.words("how", HeaderCheck.Operator.values()))
            .required("name", Shape.text("of the header"))
            .optional("value", Shape.text("to compare with; not for exists")));
    checks.put(
        "status",
        Shape.object("StatusCheck", "Of the status")
            .required("op", Shape.words("how", "equals", "between"))
            .optional("value", Shape.whole("for equals").range(100, 599))
            .optional("min", Shape.whole("for between").range(100, 599))
            .optional("max", Shape.whole("for between").range(100, 599)));
    return checks;
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name).toList();
  }
}
