package io.trigrun.internal.management;

import io.trigrun.crontab.Crontab;
import io.trigrun.crontab.CrontabImport.Change;
import io.trigrun.crontab.CrontabImport.Imported;
import io.trigrun.crontab.CrontabNote;
import io.trigrun.route.Answer;
import io.trigrun.route.Call;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Refusal;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/** Jobs of a crontab (row S19): all of its lines or none. */
final class CrontabRoute {

  private static final ObjectShape CRONTAB =
      Shape.object("Crontab", "What crontab -l says")
          .required("crontab", Shape.text("all its lines").length(1, 1_000_000))
          .optional(
              "timezone", Shape.text("of its machine, where no CRON_TZ says it; UTC by default"));

  private static final ObjectShape LINE =
      Shape.object("CrontabLine", "A line that runs something, and its job")
          .required("line", Shape.whole("counted from 1"))
          .required("job", Shape.text("the name of its job"))
          .required("job_id", Shape.id("the id of its job"))
          .required("change", Shape.words("what it came to", Change.values()));

  private static final ObjectShape NOTE =
      Shape.object("CrontabNote", "What cron does with a line and a job does not")
          .required("line", Shape.whole("counted from 1"))
          .required("text", Shape.text("for people"));

  private static final ObjectShape RESULT =
      Shape.object("CrontabResult", "What became of each line")
          .required("items", Shape.list("in their order", LINE))
          .required("notes", Shape.list("in their order", NOTE));

  private CrontabRoute() {}

  static Route of() {
    return Route.post("/jobs/import", "import_jobs", "Makes jobs of a crontab")
        .takes(CRONTAB)
        .example(
            "crontab",
            "{\"crontab\": \"0 3 * * * curl -fsS https://example.com/sync\\n\","
                + " \"timezone\": \"Europe/Zurich\"}")
        .makes()
        .answers(200, RESULT)
        .refuses(ErrorCode.CONFLICT, ErrorCode.LIMIT_EXCEEDED)
        .to(CrontabRoute::read);
  }

  private static Answer read(Call call) {
    Crontab crontab = Crontab.parse(call.body().text("crontab").orElse(""), zone(call.body()));
    return Answer.ok(
        JsonObject.builder()
            .put("items", imported(call, crontab).stream().map(CrontabRoute::json).toList())
            .put("notes", crontab.notes().stream().map(CrontabRoute::json).toList())
            .build());
  }

  /** Problems name a line, which is no field of the body. */
  private static List<Imported> imported(Call call, Crontab crontab) {
    try {
      return crontab.importInto(call.workspace().jobs()).jobs();
    } catch (ValidationException e) {
      throw Refusal.of(
          ErrorCode.VALIDATION_FAILED,
          "nothing is imported: see details",
          e.problems().stream().map(CrontabRoute::json).toList());
    }
  }

  private static ZoneId zone(JsonObject body) {
    String zone = body.text("timezone").orElse("UTC");
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      Problems.require(false, "timezone", "a zone such as Europe/Zurich", zone);
      throw e;
    }
  }

  private static JsonObject json(Imported imported) {
    return JsonObject.builder()
        .put("line", imported.line())
        .put("job", imported.job())
        .put("job_id", imported.jobId())
        .put("change", JobJson.word(imported.change()))
        .build();
  }

  private static JsonObject json(CrontabNote note) {
    return JsonObject.builder().put("line", note.line()).put("text", note.text()).build();
  }

  private static JsonObject json(Problem problem) {
    return JsonObject.builder().put("field", "/crontab").put("message", problem.message()).build();
  }
}
