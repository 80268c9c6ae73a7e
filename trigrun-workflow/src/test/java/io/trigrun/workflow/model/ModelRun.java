package io.trigrun.workflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.JobSpec;
import io.trigrun.TrigRun;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.testing.ManualClock;
import io.trigrun.workflow.StepExecution;
import io.trigrun.workflow.WorkflowRun;
import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import io.trigrun.workflow.internal.link.LinkKeys;
import io.trigrun.workflow.internal.link.WaitUrls;
import io.trigrun.workflow.internal.run.CheckpointCheck;
import io.trigrun.workflow.model.Event.What;
import io.trigrun.workflow.model.Timeline.Entry;
import io.trigrun.workflow.model.Timeline.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A run and its model, to which the same happens. */
final class ModelRun implements AutoCloseable {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final List<String> BODIES = List.of("{\"v\":1}", "1", "[3,4]");
  private static final Pattern INDEX = Pattern.compile("[0-9]+");
  private static final JsonNode INPUT = Values.read("1");

  private final ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
  private final DyingStore store = new DyingStore(CheckpointCheck::check);
  private final Map<String, Integer> calls = new TreeMap<>();
  private final WaitUrls urls = new WaitUrls(Node.URL, new LinkKeys(Node.KEY, List.of()));
  private final Workflow workflow;
  private final Log log = new Log();
  private final List<String> told = new ArrayList<>();

  private Node node;

  private UUID id = new UUID(0, 0);

  ModelRun(Workflow workflow) {
    this.workflow = workflow;
    this.node = new Node(store.store(), clock, calls);
  }

  /** What has happened, for whoever has to find out why. */
  List<String> told() {
    return told;
  }

  void start(int survives) {
    UUID job = node.trigrun.jobs().save(JobSpec.named("job").action(workflow).build()).id();
    happens("start", survives);
    log.beginnings.add(log.event(clock.instant()));
    id = node.workflows.runs().start(job, INPUT.toString()).id();
    settle();
  }

  void happen(Event event) {
    happens(event.what().name(), event.survives());
    Moment moment = log.event(clock.instant());
    switch (event.what()) {
      case ADVANCE ->
          advance(Duration.ofSeconds(List.of(1, 10, 20, 60, 300, 3600).get(event.amount() % 6)));
      case ANSWER, ANSWER_EARLY_OR_LATE -> answer(event, moment);
      case RETRY -> retry(moment);
      case CANCEL -> cancel(moment);
      case RESTART -> restart();
    }
    settle();
  }

  /** So long that whatever waits has ended. */
  void end() {
    happens("END", -1);
    log.event(clock.instant());
    advance(Duration.ofDays(3));
    settle();
  }

  private void happens(String what, int survives) {
    told.add(what + (survives < 0 ? "" : " and the node dies after " + survives + " records"));
    store.survives(survives);
  }

  private void tell(String more) {
    told.set(told.size() - 1, told.get(told.size() - 1) + " " + more);
  }

  private void advance(Duration by) {
    tell(by.toString());
    Instant end = clock.instant().plus(by);
    while (true) {
      TrigRun.DueRun due = node.trigrun.runDue();
      if (store.isDead()) {
        break;
      }
      Optional<Instant> next = due.nextDue().filter(at -> !at.isAfter(end));
      if (next.isEmpty()) {
        clock.set(end);
        node.trigrun.runDue();
        break;
      }
      clock.set(next.get().isAfter(clock.instant()) ? next.get() : clock.instant().plusMillis(1));
    }
    log.clock(clock.instant());
  }

  private void restart() {
    node.close();
    node = new Node(store.store(), clock, calls);
  }

  private void retry(Moment moment) {
    boolean isFailed = picture().state() == ExecutionState.FAILED;
    assertThat(node.workflows.runs().retry(id)).as("retried").isEqualTo(isFailed);
    if (isFailed) {
      log.beginnings.add(moment);
    }
  }

  private void cancel(Moment moment) {
    boolean isLive = picture().state() == ExecutionState.WAITING;
    assertThat(node.trigrun.executions().cancel(id, "enough")).as("cancelled").isEqualTo(isLive);
    if (isLive) {
      log.cancelled = Optional.of(moment);
    }
  }

  /** Lets the run go as far as it can, on another node if this one dies, and compares. */
  private void settle() {
    node.trigrun.runDue();
    if (store.isDead()) {
      takeOver();
    }
    store.survives(-1);
    compare();
  }

  private void takeOver() {
    Instant died = clock.instant();
    int recorded = view().stepExecutions().size() - open();
    Moment now = log.now();
    List<Entry> journal = Reference.of(workflow, log, INPUT).timeline().journal(now);
    Moment claim = new Moment(died, now.event(), 0);
    Moment last = at(journal, recorded - 1, claim);
    Moment next = at(journal, recorded, claim);
    boolean isAll = last.equals(Moment.NEVER) && next.round() > 0;
    Moment from = last.equals(Moment.NEVER) ? isAll ? claim.next() : claim : last.next();
    tell("died at " + died + " with " + recorded + " steps recorded");
    clock.advance(LEASE);
    log.crashes.add(new Log.Crash(from, log.event(clock.instant()), isAll));
    store.recover();
    restart();
    node.trigrun.runDue();
  }

  /** When an entry was made, if by this claim. */
  private static Moment at(List<Entry> journal, int index, Moment claim) {
    if (index < 0 || index >= journal.size()) {
      return Moment.NEVER;
    }
    Moment at = journal.get(index).at();
    return at.at().equals(claim.at()) && at.event() == claim.event() ? at : Moment.NEVER;
  }

  private int open() {
    return (int)
        view().stepExecutions().stream().filter(step -> step.finishedAt().isEmpty()).count();
  }

  private Reference.Picture picture() {
    return Reference.of(workflow, log, INPUT);
  }

  private WorkflowRun view() {
    return node.workflows.runs().find(id).orElseThrow();
  }

  private void compare() {
    Reference.Picture expected = picture();
    Moment now = log.now();
    WorkflowRun run = view();
    Map<String, Object> is = new LinkedHashMap<>();
    is.put("state", run.execution().state());
    is.put("output", run.execution().output().orElse(""));
    is.put("failure", run.execution().failure().map(why -> why.errorClass()).orElse(""));
    is.put(
        "steps",
        run.stepExecutions().stream()
            .filter(step -> step.finishedAt().isPresent())
            .map(ModelRun::line)
            .toList());
    is.put(
        "waits",
        run.waits().stream()
            .map(
                wait ->
                    key(wait.stepId(), wait.iteration())
                        + " "
                        + wait.reason()
                        + " "
                        + wait.expiresAt().map(Instant::toString).orElse("-"))
            .sorted()
            .toList());
    is.put("calls", Map.copyOf(calls));
    Map<String, Object> should = new LinkedHashMap<>();
    should.put("state", expected.state());
    should.put("output", expected.output());
    should.put("failure", expected.failure());
    should.put("steps", expected.timeline().journal(now).stream().map(Entry::text).toList());
    should.put(
        "waits",
        expected.state() == ExecutionState.WAITING
            ? expected
                .timeline()
                .waiting(now)
                .map(it -> it.key() + " " + it.text())
                .sorted()
                .toList()
            : List.of());
    Map<String, Integer> made = new TreeMap<>();
    expected
        .timeline()
        .of(Kind.CALL)
        .filter(call -> !now.isBefore(call.at()))
        .forEach(call -> made.merge(call.key(), 1, Integer::sum));
    should.put("calls", Map.copyOf(made));
    assertThat(is).isEqualTo(should);
  }

  private static String key(String stepId, List<Integer> iteration) {
    return iteration.isEmpty() ? stepId : stepId + iteration.toString().replace(" ", "");
  }

  private static String line(StepExecution step) {
    return key(step.stepId(), step.iteration())
        + ":"
        + step.status()
        + " "
        + step.error().map(why -> why.errorClass()).orElse("")
        + " "
        + step.output().map(json -> json.text()).orElse("null");
  }

  /** Posts to a wait: one of those that are open, or any that there is in the definition. */
  private void answer(Event event, Moment moment) {
    Reference.Picture picture = picture();
    List<String> open =
        picture.state() != ExecutionState.WAITING
            ? List.of()
            : picture
                .timeline()
                .waiting(log.now())
                .filter(it -> step(it.key()).type().matches("wait_for_webhook|approval"))
                .map(Entry::key)
                .toList();
    List<String> some = event.what() == What.ANSWER ? open : WaitKeys.of(workflow);
    if (some.isEmpty()) {
      tell("nobody waits");
      return;
    }
    String key = some.get(event.pick() % some.size());
    String waitKey = Reference.waitKey(workflow, log, INPUT, key);
    boolean isOld = event.pick() >= 10 && waitKey.endsWith("~1");
    if (step(key) instanceof ApprovalStep approval) {
      vote(event, moment, approval, open.contains(key), waitKey);
    } else {
      call(event, moment, isOld ? key : waitKey, !isOld && isAhead(key));
    }
  }

  private boolean isAhead(String key) {
    List<Integer> indexes = new ArrayList<>();
    Matcher index = INDEX.matcher(key.replaceFirst("^[^\\[]*", ""));
    while (index.find()) {
      indexes.add(Integer.valueOf(index.group()));
    }
    return Reference.isAhead(workflow, log, INPUT, step(key).id(), indexes);
  }

  private Step step(String key) {
    return Reference.find(workflow.steps(), key.replaceFirst("\\[.*", "")).orElseThrow();
  }

  private void call(Event event, Moment moment, String waitKey, boolean mayCount) {
    JsonNode body = Values.read(BODIES.get(event.amount() % BODIES.size()));
    Log.Answer first = log.answers.get(waitKey);
    int expected = first != null ? first.body().equals(body) ? 200 : 409 : mayCount ? 200 : 410;
    tell(waitKey + " " + body);
    assertThat(post(urls.resumeUrl(id, waitKey), body.toString())).as(waitKey).isEqualTo(expected);
    if (first == null && expected == 200) {
      log.answers.put(waitKey, new Log.Answer(moment, body));
    }
  }

  private void vote(Event event, Moment moment, ApprovalStep step, boolean isOpen, String waitKey) {
    int approver = event.amount() % Math.max(1, step.approvers().size());
    Optional<String> name =
        step.approvers().isEmpty() ? Optional.empty() : Optional.of(step.approvers().get(approver));
    String key = Reference.voteKey(step, waitKey, approver);
    String decision = event.amount() < 8 ? "approved" : "rejected";
    String url =
        decision.equals("approved")
            ? urls.approveUrl(id, key, name)
            : urls.rejectUrl(id, key, name);
    tell(key + " " + decision);
    int status = post(url, "{}");
    Log.Answer first = log.answers.get(key);
    if (first == null && isOpen) {
      assertThat(status).as(key).isEqualTo(200);
      log.answers.put(key, new Log.Answer(moment, Values.read("\"" + decision + "\"")));
    } else if (first == null) {
      assertThat(status).as(key).isGreaterThanOrEqualTo(404);
    } else if (isOpen) {
      boolean isSame = first.body().stringValue().equals(decision);
      assertThat(status).as(key).isEqualTo(isSame ? 200 : 409);
    }
  }

  private int post(String url, String json) {
    InboundRequest request =
        InboundRequest.of("POST", url.substring((Node.URL + "/v1").length()))
            .withHeader("Content-Type", "application/json")
            .withBody(json.getBytes(StandardCharsets.UTF_8));
    return node.workflows.routes().handle(request).orElseThrow().status();
  }

  @Override
  public void close() {
    node.close();
  }
}
