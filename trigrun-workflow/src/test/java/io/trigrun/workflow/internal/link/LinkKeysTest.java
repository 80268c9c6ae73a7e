package io.trigrun.workflow.internal.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.LinkKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LinkKeysTest {

  private static final LinkKey KEY = LinkKey.random();
  private static final LinkKeys KEYS = new LinkKeys(KEY, List.of());
  private static final WaitLink LINK =
      new WaitLink(new UUID(1, 2), "/steps/3[7]", Purpose.APPROVE, Optional.of("ada"));

  @Property
  void what_was_made_is_read(@ForAll("links") WaitLink link) {
    String token = KEYS.token(link);

    assertThat(token).matches("wt1\\.[A-Za-z0-9_-]{8}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{32}");
    assertThat(KEYS.read(token, link.purpose())).contains(link);
    assertThat(KEYS.token(link)).isEqualTo(token);
  }

  @Property
  void another_purpose_is_another_token(@ForAll("links") WaitLink link, @ForAll Purpose purpose) {
    assertThat(KEYS.read(KEYS.token(link), purpose).isPresent())
        .isEqualTo(purpose == link.purpose());
  }

  @Property
  void two_links_never_share_a_mac(@ForAll("links") WaitLink one, @ForAll("links") WaitLink other) {
    String[] parts = KEYS.token(one).split("\\.", -1);
    String[] others = KEYS.token(other).split("\\.", -1);
    String mixed = String.join(".", parts[0], parts[1], others[2], parts[3]);

    assertThat(KEYS.read(mixed, one.purpose()).isPresent()).isEqualTo(parts[2].equals(others[2]));
  }

  @Test
  void no_bit_of_a_token_can_be_changed() {
    String token = KEYS.token(LINK);
    for (int i = 0; i < token.length(); i++) {
      for (int bit = 0; bit < 8; bit++) {
        char changed = (char) (token.charAt(i) ^ 1 << bit);
        String other = token.substring(0, i) + changed + token.substring(i + 1);
        assertThat(KEYS.read(other, Purpose.APPROVE)).as(other).isEmpty();
      }
      assertThat(KEYS.read(token.substring(0, i), Purpose.APPROVE)).isEmpty();
    }
    assertThat(KEYS.read(token + "A", Purpose.APPROVE)).isEmpty();
    assertThat(KEYS.read(token + "=", Purpose.APPROVE)).isEmpty();
    assertThat(KEYS.read(token + ".A", Purpose.APPROVE)).isEmpty();
    assertThat(KEYS.read(token + "\n", Purpose.APPROVE)).isEmpty();
  }

  @Test
  void neither_key_nor_approver_can_be_moved_to_the_other() {
    WaitLink one = new WaitLink(new UUID(1, 2), "step", Purpose.APPROVE, Optional.of("1ada"));
    WaitLink other = new WaitLink(new UUID(1, 2), "step1", Purpose.APPROVE, Optional.of("ada"));

    assertThat(KEYS.token(one)).isNotEqualTo(KEYS.token(other));
  }

  @Test
  void a_key_of_another_id_or_another_secret_vouches_for_nothing() {
    String token = KEYS.token(LINK);
    LinkKey stranger = LinkKey.random();

    assertThat(new LinkKeys(stranger, List.of()).read(token, Purpose.APPROVE)).isEmpty();
    assertThat(
            new LinkKeys(stranger, List.of(KEY))
                .read(token.replace(KEY.id(), stranger.id()), Purpose.APPROVE))
        .isEmpty();
  }

  @Test
  void links_of_older_keys_hold_as_long_as_the_key_is_kept() {
    String token = KEYS.token(LINK);
    LinkKeys rotated = new LinkKeys(LinkKey.random(), List.of(KEY));

    assertThat(rotated.read(token, Purpose.APPROVE)).contains(LINK);
    assertThat(rotated.token(LINK)).isNotEqualTo(token);
    assertThatThrownBy(() -> new LinkKeys(KEY, List.of(KEY)))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void a_seal_is_for_one_wait_one_approver_and_one_label() {
    String seal = KEYS.seal(LINK, "page/1");

    assertThat(KEYS.isSealed(LINK.to(Purpose.REJECT), "page/1", seal)).isTrue();
    assertThat(KEYS.isSealed(LINK, "page/2", seal)).isFalse();
    assertThat(KEYS.isSealed(LINK, "page/1", "")).isFalse();
    WaitLink other =
        new WaitLink(LINK.executionId(), LINK.waitKey(), Purpose.APPROVE, Optional.of("bob"));
    assertThat(KEYS.isSealed(other, "page/1", seal)).isFalse();
    for (Purpose purpose : Purpose.values()) { // and no token's mac is a seal
      String mac = KEYS.token(LINK.to(purpose)).split("\\.", -1)[3];
      assertThat(KEYS.isSealed(LINK, purpose.signedName(), mac)).isFalse();
    }
  }

  @Property
  void no_text_is_more_than_no_token(@ForAll String text) {
    assertThat(KEYS.read(text, Purpose.RESUME)).isEmpty();
    assertThat(KEYS.read("wt1." + KEY.id() + "." + text + "." + text, Purpose.RESUME)).isEmpty();
  }

  @Test
  void nothing_of_a_key_is_shown() {
    assertThat(KEYS).hasToString("LinkKeys[" + KEY.id() + "]");
  }

  @Provide
  Arbitrary<WaitLink> links() {
    Arbitrary<String> key =
        Arbitraries.strings().ofMinLength(1).ofMaxLength(40).map(LinkKeysTest::utf8);
    return Combinators.combine(
            Arbitraries.create(UUID::randomUUID),
            key,
            Arbitraries.of(Purpose.class),
            key.optional())
        .as(WaitLink::new);
  }

  /** Keys come from definitions, which are storable: without halves of surrogates. */
  private static String utf8(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }
}
