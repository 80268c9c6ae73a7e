package io.trigrun.notify;

import io.trigrun.Job;
import io.trigrun.spi.AttemptEnd;
import io.trigrun.spi.Extension;
import io.trigrun.spi.Host;
import io.trigrun.spi.MessageOutlet;
import io.trigrun.spi.MessageOutlet.ApprovalRequest;
import io.trigrun.spi.MessageOutlet.ChannelMessage;
import io.trigrun.spi.MessageOutlet.Reviewer;
import io.trigrun.spi.WriteSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/** An extension that has runs ask or say something when they end, stored with their end. */
final class Asking implements Extension {

  static final String TOKEN = "wt1.k1.cmV2aWV3LzA.bm9ib2R5LWd1ZXNzZXMtdGhpcw";

  private final BiFunction<MessageOutlet, AttemptEnd, WriteSet> what;
  final AtomicReference<RuntimeException> failure = new AtomicReference<>();

  private Asking(BiFunction<MessageOutlet, AttemptEnd, WriteSet> what) {
    this.what = what;
  }

  /** Once for each run; one reviewer for each name, or one for whoever has the link. */
  static Asking approval(Duration time, String... names) {
    return new Asking((outlet, end) -> outlet.approvalRequired(request(end, time, names)));
  }

  /** As every run does, always of the same thing. */
  static Asking theSame() {
    return new Asking(
        (outlet, end) -> {
          ApprovalRequest request = request(end, Duration.ofHours(1));
          return outlet.approvalRequired(
              new ApprovalRequest(
                  "the same",
                  request.executionId(),
                  request.job(),
                  request.workspace(),
                  request.step(),
                  request.title(),
                  request.text(),
                  request.fields(),
                  request.reviewUrls(),
                  request.at(),
                  request.expiresAt()));
        });
  }

  static Asking message(String channel) {
    return new Asking(
        (outlet, end) ->
            outlet.message(
                new ChannelMessage(
                    "the same",
                    end.execution().workspace(),
                    end.execution().id(),
                    end.job(),
                    channel,
                    "Refunds are done",
                    "All of them.",
                    Map.of("Orders", "12"),
                    end.at())));
  }

  static ApprovalRequest request(AttemptEnd end, Duration time, String... names) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Order", "4711");
    fields.put("Amount", "120 €");
    List<Reviewer> reviewers = new ArrayList<>();
    for (String name : names) {
      reviewers.add(new Reviewer(Optional.of(name), url(name)));
    }
    if (reviewers.isEmpty()) {
      reviewers.add(new Reviewer(Optional.empty(), url("anybody")));
    }
    return new ApprovalRequest(
        end.execution().id() + "/review",
        end.execution().id(),
        end.job(),
        end.execution().workspace(),
        "review",
        "Refund order 4711?",
        "The customer has sent it back.",
        fields,
        reviewers,
        end.at(),
        end.at().plus(time));
  }

  static String url(String name) {
    return "https://flows.example.com/v1/approvals/" + TOKEN + "-" + name;
  }

  @Override
  public Contribution join(Host host) {
    return new Contribution(List.of(), List.of(end -> plan(host, end)));
  }

  private WriteSet plan(Host host, AttemptEnd end) {
    if (end.job().map(Job::name).filter("Nightly sync"::equals).isEmpty()) {
      return WriteSet.empty(); // a delivery
    }
    try {
      return what.apply(host.messages().orElseThrow(), end);
    } catch (RuntimeException e) {
      failure.set(e);
      return WriteSet.empty();
    }
  }
}
