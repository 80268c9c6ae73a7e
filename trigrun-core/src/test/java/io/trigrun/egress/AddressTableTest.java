package io.trigrun.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of addresses, against one written down a second time, as first and last addresses. */
class AddressTableTest {
  private static final EgressPolicy STANDARD = EgressPolicy.standard();

  private record Range(BigInteger first, BigInteger last, int bytes) {
    static Range of(String text) {
      String[] ends = text.split(" - ", -1);
      byte[] first = address(ends[0]);
      return new Range(new BigInteger(1, first), new BigInteger(1, address(ends[1])), first.length);
    }

    boolean holds(byte[] address) {
      BigInteger value = new BigInteger(1, address);
      return address.length == bytes && value.compareTo(first) >= 0 && value.compareTo(last) <= 0;
    }
  }

  private static final List<Range> REFUSED_V4 =
      Stream.of(
              "0.0.0.0 - 0.255.255.255",
              "10.0.0.0 - 10.255.255.255",
              "100.64.0.0 - 100.127.255.255",
              "127.0.0.0 - 127.255.255.255",
              "168.63.129.16 - 168.63.129.16",
              "169.254.0.0 - 169.254.255.255",
              "172.16.0.0 - 172.31.255.255",
              "192.0.0.0 - 192.0.0.255",
              "192.0.2.0 - 192.0.2.255",
              "192.88.99.0 - 192.88.99.255",
              "192.168.0.0 - 192.168.255.255",
              "198.18.0.0 - 198.19.255.255",
              "198.51.100.0 - 198.51.100.255",
              "203.0.113.0 - 203.0.113.255",
              "224.0.0.0 - 239.255.255.255",
              "240.0.0.0 - 255.255.255.255")
          .map(Range::of)
          .toList();

  private static final Range GLOBAL_V6 =
      Range.of("2000:: - 3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");

  private static final List<Range> REFUSED_V6 =
      Stream.of(
              "2001:: - 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
              "2001:db8:: - 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
              "2002:: - 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
              "3fff:: - 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff")
          .map(Range::of)
          .toList();

  private static boolean isPublic(byte[] address) {
    return address.length == 4
        ? REFUSED_V4.stream().noneMatch(range -> range.holds(address))
        : GLOBAL_V6.holds(address) && REFUSED_V6.stream().noneMatch(range -> range.holds(address));
  }

  private static byte[] address(String address) {
    try {
      return InetAddress.getAllByName(address)[0].getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** One before, first, last, one behind. */
  static Stream<byte[]> edges() {
    return Stream.concat(
            Stream.concat(REFUSED_V4.stream(), REFUSED_V6.stream()), Stream.of(GLOBAL_V6))
        .flatMap(
            range ->
                Stream.of(
                        range.first().subtract(BigInteger.ONE),
                        range.first(),
                        range.last(),
                        range.last().add(BigInteger.ONE))
                    .filter(value -> value.signum() >= 0 && value.bitLength() <= range.bytes() * 8)
                    .map(value -> address(value, range.bytes())));
  }

  private static byte[] address(BigInteger value, int length) {
    byte[] address = new byte[length];
    byte[] digits = value.toByteArray();
    int kept = Math.min(length, digits.length);
    System.arraycopy(digits, digits.length - kept, address, length - kept, kept);
    return address;
  }

  /** As a literal, and as what a name leads to. */
  private static void agrees(byte[] address) {
    InetAddress inet = IpLiteral.of(address);
    String text = address.length == 4 ? inet.getHostAddress() : "[" + inet.getHostAddress() + "]";
    boolean refused = !isPublic(inet.getAddress());
    assertThat(STANDARD.check("url", URI.create("https://" + text + "/")).isPresent())
        .as(text)
        .isEqualTo(refused);
    URI named = URI.create("https://api.example.com/");
    assertThat(STANDARD.check("url", named, List.of(inet)).isPresent()).as(text).isEqualTo(refused);
  }

  @ParameterizedTest
  @MethodSource("edges")
  void both_edges_of_each_row_are_where_they_should_be(byte[] address) {
    agrees(address);
  }

  @Property
  void every_ipv4_address_is_judged_as_the_table_says(@ForAll @Size(4) byte[] address) {
    agrees(address);
  }

  @Property
  void every_ipv6_address_is_judged_as_the_table_says(@ForAll @Size(16) byte[] address) {
    agrees(address);
  }

  @Property
  void addresses_near_the_rows_are_judged_as_the_table_says(@ForAll("near") byte[] address) {
    agrees(address);
  }

  @Provide
  Arbitrary<byte[]> near() {
    Arbitrary<byte[]> prefix = Arbitraries.of(edges().toList());
    return prefix.flatMap(
        edge ->
            Arbitraries.integers()
                .between(0, edge.length * 8 - 1)
                .map(
                    bit -> {
                      byte[] flipped = edge.clone();
                      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
                      return flipped;
                    }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "::127.0.0.1",
        "::8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "100:0:0:1::1",
        "2001::1",
        "2002:7f00:1::",
        "5f00::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "1fff:ffff::",
        "4000::"
      })
  void special_ipv6_addresses_are_refused(String address) {
    assertThat(STANDARD.check("url", URI.create("https://[" + address + "]/"))).isPresent();
  }

  @Property
  void an_ipv4_address_within_ipv6_is_judged_as_ipv4(@ForAll @Size(4) byte[] address) {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(address, 0, mapped, 12, 4);

    assertThat(AddressTable.refusal(AddressTable.effective(mapped, false)).isEmpty())
        .isEqualTo(isPublic(address));
  }

  @Property
  void behind_nat64_the_ipv4_address_counts_if_the_host_says_so(@ForAll @Size(4) byte[] address) {
    byte[] nat64 = address("64:ff9b::");
    System.arraycopy(address, 0, nat64, 12, 4);
    URI named = URI.create("https://api.example.com/");
    List<InetAddress> found = List.of(IpLiteral.of(nat64));

    assertThat(STANDARD.check("url", named, found)).isPresent();
    assertThat(EgressPolicy.builder().throughNat64().build().check("url", named, found).isEmpty())
        .isEqualTo(isPublic(address));
  }

  @Test
  void one_refused_address_among_public_ones_is_enough() {
    List<InetAddress> both =
        List.of(IpLiteral.of(address("93.184.216.34")), IpLiteral.of(address("10.0.0.1")));

    assertThat(STANDARD.check("url", URI.create("https://api.example.com/"), both))
        .hasValueSatisfying(
            problem ->
                assertThat(problem.message())
                    .contains("allowHost(\"api.example.com\")")
                    .endsWith("got api.example.com, which leads to: private (10.0.0.0/8)")
                    .doesNotContain("10.0.0.1"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
    "172.16.0.0/12, 172.31.255.255, 172.32.0.0",
    "192.168.7.0/25, 192.168.7.127, 192.168.7.128",
    "fd00::/8, fdff::1, fe00::1",
    "fd00:1:2:8000::/49, fd00:1:2:ffff::1, fd00:1:2:7fff::1",
    "10.1.2.3, 10.1.2.3, 10.1.2.4",
    "0.0.0.0/0, 255.255.255.255, ::1"
  })
  void a_network_holds_its_prefix_and_no_more(String cidr, String in, String out) {
    Network network = Network.parse(cidr);

    assertThat(network.contains(address(in))).isTrue();
    assertThat(network.contains(address(out))).isFalse();
  }
}
