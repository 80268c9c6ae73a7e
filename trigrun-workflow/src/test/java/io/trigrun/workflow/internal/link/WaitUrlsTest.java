package io.trigrun.workflow.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.LinkKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WaitUrlsTest {

  private static final LinkKeys KEYS = new LinkKeys(LinkKey.random(), List.of());
  private static final UUID RUN = new UUID(1, 2);

  @Test
  void each_purpose_has_a_place_of_its_own() {
    WaitUrls urls = new WaitUrls("https://jobs.example.com/base", KEYS);
    String token = "wt1\\.[A-Za-z0-9._-]+";
    String base = "https://jobs\\.example\\.com/base/v1/";

    assertThat(urls.resumeUrl(RUN, "k")).matches(base + "resume/" + token);
    assertThat(urls.reviewUrl(RUN, "k", Optional.empty())).matches(base + "approvals/" + token);
    assertThat(urls.approveUrl(RUN, "k", Optional.empty()))
        .matches(base + "approvals/" + token + "/approve");
    assertThat(urls.rejectUrl(RUN, "k", Optional.of("ada")))
        .matches(base + "approvals/" + token + "/reject");
    assertThat(new WaitUrls("https://jobs.example.com/base/", KEYS).resumeUrl(RUN, "k"))
        .isEqualTo(urls.resumeUrl(RUN, "k"));
  }

  @Test
  void the_public_url_is_a_plain_one() {
    for (String url :
        List.of(
            "",
            "jobs.example.com",
            "ftp://a.b",
            "https://",
            "https://a/?q",
            "https://a/#f",
            "https://u:p@a/",
            "https://a b/",
            "/v1")) {
      assertThatThrownBy(() -> new WaitUrls(url, KEYS))
          .as(url)
          .isInstanceOf(ValidationException.class);
    }
  }
}
