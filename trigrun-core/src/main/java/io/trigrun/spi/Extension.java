package io.trigrun.spi;

import io.trigrun.route.Route;
import io.trigrun.secret.Reencryption;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A part that a host adds to its TrigRun: notifications, workflows, something of its own. */
@FunctionalInterface
public interface Extension {

  /** Called once, when the TrigRun is built. */
  Contribution join(Host host);

  /**
   * What it brings along.
   *
   * @param handlers the executions it can run
   * @param followUps what it plans at the end of attempts
   * @param monitorFollowUps what it plans when monitors go down or recover
   * @param reencryptions what walks over the values that its definitions keep {@linkplain
   *     SecretAccess#seal encrypted}, and encrypts with the newest key those that are not yet
   * @param fileParts what it understands of schedule files
   * @param jobRules what it refuses of jobs
   * @param cancelFollowUps what it takes back along with runs
   * @param messages how other parts send messages through it
   * @param routes what it adds to the HTTP surface for management (row H1)
   * @param jobKinds the kinds of job that it adds to that surface
   * @param executionParts what it tells there of executions
   */
  record Contribution(
      List<HandlerRegistration> handlers,
      List<FollowUps> followUps,
      List<MonitorFollowUps> monitorFollowUps,
      List<Supplier<Reencryption>> reencryptions,
      List<ScheduleFilePart> fileParts,
      List<JobRule> jobRules,
      List<CancelFollowUps> cancelFollowUps,
      Optional<MessageOutlet> messages,
      List<Route> routes,
      List<JobKind> jobKinds,
      List<ExecutionPart> executionParts) {
    public Contribution {
      handlers = List.copyOf(handlers);
      followUps = List.copyOf(followUps);
      monitorFollowUps = List.copyOf(monitorFollowUps);
      reencryptions = List.copyOf(reencryptions);
      fileParts = List.copyOf(fileParts);
      jobRules = List.copyOf(jobRules);
      cancelFollowUps = List.copyOf(cancelFollowUps);
      routes = List.copyOf(routes);
      jobKinds = List.copyOf(jobKinds);
      executionParts = List.copyOf(executionParts);
    }

    /** One that does nothing but run executions and plan what follows from attempts. */
    public Contribution(List<HandlerRegistration> handlers, List<FollowUps> followUps) {
      this(
          handlers,
          followUps,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          List.of(),
          List.of(),
          List.of());
    }

    /** The same, planning this for monitors. */
    public Contribution withMonitorFollowUps(MonitorFollowUps plan) {
      return new Contribution(
          handlers,
          followUps,
          List.of(plan),
          reencryptions,
          fileParts,
          jobRules,
          cancelFollowUps,
          messages,
          routes,
          jobKinds,
          executionParts);
    }

    /** The same, with this walk over what it keeps encrypted. */
    public Contribution withReencryption(Supplier<Reencryption> walk) {
      return new Contribution(
          handlers,
          followUps,
          monitorFollowUps,
          List.of(walk),
          fileParts,
          jobRules,
          cancelFollowUps,
          messages,
          routes,
          jobKinds,
          executionParts);
    }

    /** The same, with this part in reading schedule files. */
    public Contribution withScheduleFilePart(ScheduleFilePart part) {
      return new Contribution(
          handlers,
          followUps,
          monitorFollowUps,
          reencryptions,
          List.of(part),
          jobRules,
          cancelFollowUps,
          messages,
          routes,
          jobKinds,
          executionParts);
    }

    /** The same, with this rule about jobs. */
    public Contribution withJobRule(JobRule rule) {
      return new Contribution(
          handlers,
          followUps,
          monitorFollowUps,
          reencryptions,
          fileParts,
          List.of(rule),
          cancelFollowUps,
          messages,
          routes,
          jobKinds,
          executionParts);
    }

    /** The same, planning this for runs that are cancelled. */
    public Contribution withCancelFollowUps(CancelFollowUps plan) {
      return new Contribution(
          handlers,
          followUps,
          monitorFollowUps,
          reencryptions,
          fileParts,
          jobRules,
          List.of(plan),
          messages,
          routes,
          jobKinds,
          executionParts);
    }

    /** The same, sending messages for other parts. */
    public Contribution withMessages(MessageOutlet outlet) {
      return new Contribution(
          handlers,
          followUps,
          monitorFollowUps,
          reencryptions,
          fileParts,
          jobRules,
          cancelFollowUps,
          Optional.of(outlet),
          routes,
          jobKinds,
          executionParts);
    }

    /** The same, with these routes more; see {@code io.trigrun.management.Management}. */
    public Contribution withRoutes(List<Route> more) {
      return new Contribution(
          handlers,
          followUps,
          monitorFollowUps,
          reencryptions,
          fileParts,
          jobRules,
          cancelFollowUps,
          messages,
          Stream.concat(routes.stream(), more.stream()).toList(),
          jobKinds,
          executionParts);
    }

    /** The same, with these kinds of job on the HTTP surface. */
    public Contribution withJobKinds(JobKind... kinds) {
      return new Contribution(
          handlers,
          followUps,
          monitorFollowUps,
          reencryptions,
          fileParts,
          jobRules,
          cancelFollowUps,
          messages,
          routes,
          List.of(kinds),
          executionParts);
    }

    /** The same, telling more of executions on the HTTP surface. */
    public Contribution withExecutionPart(ExecutionPart part) {
      return new Contribution(
          handlers,
          followUps,
          monitorFollowUps,
          reencryptions,
          fileParts,
          jobRules,
          cancelFollowUps,
          messages,
          routes,
          jobKinds,
          List.of(part));
    }
  }
}
