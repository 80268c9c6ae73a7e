package io.trigrun.workflow.internal.run;

import io.trigrun.spi.Host;
import io.trigrun.workflow.internal.wait.Settlement;
import io.trigrun.workflow.internal.wait.WaitDesk;
import io.trigrun.workflow.internal.wait.WaitView;
import io.trigrun.workflow.internal.wait.WaitView.Kind;
import java.util.Optional;
import java.util.UUID;

/** The waits of stored runs. */
final class StoredWaits implements WaitDesk {

  private final WaitFinder waits;
  private final WaitViews views;
  private final Answering answering;

  StoredWaits(Host host, RunInput.Reader inputs) {
    this.waits = new WaitFinder(host.store(), inputs);
    this.views = new WaitViews(host, waits);
    this.answering = new Answering(host, waits);
  }

  @Override
  public Optional<WaitView> view(UUID executionId, String waitKey) {
    return waits.find(executionId, waitKey).flatMap(views::view);
  }

  @Override
  public Settlement settle(UUID executionId, String waitKey, Kind kind, String inputJson) {
    return answering.settle(executionId, waitKey, kind, inputJson);
  }
}
