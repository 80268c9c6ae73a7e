package io.trigrun.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Links from page to page lead to files that exist. Nothing is fetched. */
class DocsLinkTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

  @Test
  void every_link_within_the_repository_leads_somewhere() {
    List<String> dead = new ArrayList<>();
    for (Page page : Page.all()) {
      for (int i = 0; i < page.lines().size(); i++) {
        Matcher link = LINK.matcher(page.lines().get(i));
        while (link.find()) {
          String target = link.group(1);
          if (!target.contains(":") && !Files.exists(page.file().resolveSibling(target))) {
            dead.add(page.name() + ":" + (i + 1) + ": " + target);
          }
        }
      }
    }
    assertThat(dead).isEmpty();
  }
}
