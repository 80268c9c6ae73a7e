package io.trigrun.internal;

import io.trigrun.handler.PayloadCodec;
import io.trigrun.spi.FollowUps;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.JobStore;
import io.trigrun.trace.Tracing;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the parts of one engine share: its surroundings, nothing that moves. */
public record EngineContext(
    JobStore store,
    Clock clock,
    Alignment alignment,
    EngineSettings settings,
    PayloadCodec codec,
    Map<String, HandlerRegistration> handlers,
    List<FollowUps> followUps,
    JobCache jobs,
    Revision revision,
    EventBus events,
    StoreHealth storeHealth,
    Tracing tracing) {

  public EngineContext {
    handlers = Map.copyOf(handlers);
    followUps = List.copyOf(followUps);
  }

  Instant now() {
    return clock.instant();
  }
}
