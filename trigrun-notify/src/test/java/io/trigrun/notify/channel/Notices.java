package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Notices of all sizes, also of more than a notice may hold. */
final class Notices {

  private Notices() {}

  static Arbitrary<Notice> any() {
    Arbitrary<List<Fact>> facts =
        Combinators.combine(HostileTexts.texts(80), HostileTexts.texts(1_200))
            .as(Fact::new)
            .list()
            .ofMaxSize(25);
    Arbitrary<Optional<URI>> links =
        Arbitraries.of(
            Optional.empty(),
            Optional.of(URI.create("https://ops.example.com/runs/1?a=b&c=%22d%22#x")),
            Optional.of(URI.create("https://ops.example.com/" + "a&".repeat(1_000))),
            Optional.of(URI.create("javascript:alert(1)")));
    return Combinators.combine(
            HostileTexts.texts(300),
            Arbitraries.of(Tone.class),
            HostileTexts.texts(5_000).optional(),
            facts,
            HostileTexts.texts(5_000).optional(),
            links)
        .as(Notice::new);
  }
}
