package io.trigrun.spi;

import io.trigrun.route.Route;
import io.trigrun.secret.Reencryption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A part that a host adds to its TrigRun: notifications, workflows, something of its own. */
@FunctionalInterface
public interface Extension {

  /** Called once, when the TrigRun is built. */
  Contribution join(Host host);

  /** What it brings along. Immutable. */
  final class Contribution {

    private final List<HandlerRegistration> handlers;
    private final List<FollowUps> followUps;
    // Of what few parts have; changed in a copy that nobody has seen yet.
    private List<MonitorFollowUps> monitorFollowUps = List.of();
    private List<Supplier<Reencryption>> reencryptions = List.of();
    private List<ScheduleFilePart> fileParts = List.of();
    private List<JobRule> jobRules = List.of();
    private List<CancelFollowUps> cancelFollowUps = List.of();
    private Optional<MessageOutlet> messages = Optional.empty();
    private List<Route> routes = List.of();
    private List<JobKind> jobKinds = List.of();
    private List<ExecutionPart> executionParts = List.of();

    /**
     * Executions, and what follows from attempts.
     *
     * @param handlers the executions it can run
     * @param followUps what it plans at the end of attempts
     */
    public Contribution(List<HandlerRegistration> handlers, List<FollowUps> followUps) {
      this.handlers = List.copyOf(handlers);
      this.followUps = List.copyOf(followUps);
    }

    private Contribution(Contribution other) {
      handlers = other.handlers;
      followUps = other.followUps;
      monitorFollowUps = other.monitorFollowUps;
      reencryptions = other.reencryptions;
      fileParts = other.fileParts;
      jobRules = other.jobRules;
      cancelFollowUps = other.cancelFollowUps;
      messages = other.messages;
      routes = other.routes;
      jobKinds = other.jobKinds;
      executionParts = other.executionParts;
    }

    private Contribution with(Consumer<Contribution> change) {
      Contribution copy = new Contribution(this);
      change.accept(copy);
      return copy;
    }

    /** The same, planning this when monitors go down or recover. */
    public Contribution withMonitorFollowUps(MonitorFollowUps plan) {
      return with(copy -> copy.monitorFollowUps = List.of(plan));
    }

    /**
     * The same, with this walk over the values that its definitions keep {@linkplain
     * SecretAccess#seal encrypted}, which encrypts with the newest key those that are not yet.
     */
    public Contribution withReencryption(Supplier<Reencryption> walk) {
      return with(copy -> copy.reencryptions = List.of(walk));
    }

    /** The same, with this part in reading schedule files. */
    public Contribution withScheduleFilePart(ScheduleFilePart part) {
      return with(copy -> copy.fileParts = List.of(part));
    }

    /** The same, refusing jobs by this rule. */
    public Contribution withJobRule(JobRule rule) {
      return with(copy -> copy.jobRules = List.of(rule));
    }

    /** The same, taking this back along with runs that are cancelled. */
    public Contribution withCancelFollowUps(CancelFollowUps plan) {
      return with(copy -> copy.cancelFollowUps = List.of(plan));
    }

    /** The same, sending messages for other parts. */
    public Contribution withMessages(MessageOutlet outlet) {
      return with(copy -> copy.messages = Optional.of(outlet));
    }

    /**
     * The same, with these routes more on the HTTP surface for management (row H1); see {@code
     * io.trigrun.management.Management}.
     */
    public Contribution withRoutes(List<Route> more) {
      return with(copy -> copy.routes = Stream.concat(routes.stream(), more.stream()).toList());
    }

    /** The same, with these kinds of job on that surface. */
    public Contribution withJobKinds(JobKind... kinds) {
      return with(copy -> copy.jobKinds = List.of(kinds));
    }

    /** The same, telling this of executions on that surface. */
    public Contribution withExecutionPart(ExecutionPart part) {
      return with(copy -> copy.executionParts = List.of(part));
    }

    /** The executions it can run. */
    public List<HandlerRegistration> handlers() {
      return handlers;
    }

    /** What it plans at the end of attempts. */
    public List<FollowUps> followUps() {
      return followUps;
    }

    /** What it plans when monitors go down or recover. */
    public List<MonitorFollowUps> monitorFollowUps() {
      return monitorFollowUps;
    }

    /** What walks over what it keeps encrypted. */
    public List<Supplier<Reencryption>> reencryptions() {
      return reencryptions;
    }

    /** What it understands of schedule files. */
    public List<ScheduleFilePart> fileParts() {
      return fileParts;
    }

    /** What it refuses of jobs. */
    public List<JobRule> jobRules() {
      return jobRules;
    }

    /** What it takes back along with runs. */
    public List<CancelFollowUps> cancelFollowUps() {
      return cancelFollowUps;
    }

    /** How other parts send messages through it. */
    public Optional<MessageOutlet> messages() {
      return messages;
    }

    /** What it adds to the HTTP surface for management. */
    public List<Route> routes() {
      return routes;
    }

    /** The kinds of job that it adds to that surface. */
    public List<JobKind> jobKinds() {
      return jobKinds;
    }

    /** What it tells there of executions. */
    public List<ExecutionPart> executionParts() {
      return executionParts;
    }
  }
}
