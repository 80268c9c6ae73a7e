package io.trigrun.examples.docs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.opentelemetry.api.OpenTelemetry;
import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.handler.JobHandler;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpTransport;
import io.trigrun.http.TracingHeaders;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.monitor.Monitor;
import io.trigrun.notify.Channel;
import io.trigrun.notify.Notifications;
import io.trigrun.schedule.MissedRunPolicy;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.JobStore;
import io.trigrun.testing.ManualClock;
import io.trigrun.workflow.Workflows;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What the pages take for granted: names that a block may use without declaring them, because the
 * text or an earlier block has. Most have no value: the pages are compiled, few of them run.
 */
@SuppressWarnings({"NullAway.Init", "unused"}) // names for the compiler, without values
public abstract class Prelude {

  /** A service of the host, with whatever methods the pages call. */
  public interface Mailer {
    void send(Object mail) throws Exception;
  }

  public record Invoice(int id) {}

  protected TrigRun trigrun;
  protected JobStore store;
  protected Notifications notifications;
  protected Workflows workflows;
  protected Job job;
  protected Execution execution;
  protected Execution run;
  protected Channel ops;
  protected Monitor monitor;
  protected DataSource dataSource;
  protected Connection connection;
  protected MeterRegistry registry;
  protected List<Tag> tags;
  protected OpenTelemetry openTelemetry;
  protected Mailer mailer;
  protected Invoice invoice;
  protected JobHandler<Json> sync;
  protected JobSpec nightlySync;
  protected String url;
  protected String secret;
  protected String slackUrl;
  protected String discordUrl;
  protected byte[] body;
  protected Clock clock = ManualClock.at("2026-03-16T10:00:00Z");

  protected Schedule schedule;
  protected MissedRunPolicy policy;
  protected Instant plannedFor;
  protected Instant created;

  protected HttpAction action;
  protected HttpAction probe;
  protected HttpTransport fake;
  protected InboundRoutes routes;
  protected TracingHeaders tracing;
  protected UUID executionId;
  protected Instant scheduledFor;
}
