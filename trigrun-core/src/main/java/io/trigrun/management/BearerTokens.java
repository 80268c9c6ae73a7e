package io.trigrun.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.ConflictException;
import io.trigrun.Cursor;
import io.trigrun.NotFoundException;
import io.trigrun.Page;
import io.trigrun.TrigRun;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.route.JsonObject;
import io.trigrun.route.Role;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Knows callers by {@code Authorization: Bearer <token>}. Tokens are kept with the jobs, as hashes
 * (SHA-256), and are in force on every node as soon as they are created, and no longer when they
 * are revoked. One lookup by an index for each request. Thread-safe.
 */
public final class BearerTokens implements Authorizer {

  private static final String KIND = "bearer_token";
  private static final int LONGEST_NAME = 200;
  private static final int SHORTEST_FIXED = 8;

  /** What RFC 6750 lets a token be; longer ones are nobody's. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9._~+/-]{1,512}=*)");

  private static final Pattern FIXED = Pattern.compile("[A-Za-z0-9._~+/-]{1,512}=*");

  private record Fixed(String hash, Caller caller) {}

  private final JobStore store;
  private final Clock clock;
  private final List<Fixed> fixed;

  private BearerTokens(JobStore store, Clock clock, List<Fixed> fixed) {
    this.store = store;
    this.clock = clock;
    this.fixed = List.copyOf(fixed);
  }

  /** Those of a TrigRun, kept in its store. */
  public static BearerTokens of(TrigRun trigrun) {
    return new BearerTokens(trigrun.host().store(), trigrun.host().clock(), List.of());
  }

  /**
   * The same, with a token that the host gives, which is not stored.
   *
   * @param token 8 letters, digits and {@code -._~+/} or more; 32 random ones are a good choice
   * @throws io.trigrun.validation.ValidationException naming {@code token}, without it
   */
  public BearerTokens withFixed(String token, Caller caller) {
    Problems.require(
        token.length() >= SHORTEST_FIXED && FIXED.matcher(token).matches(),
        "token",
        SHORTEST_FIXED + " to 512 letters, digits and -._~+/",
        "another text, not shown");
    List<Fixed> more = new ArrayList<>(fixed);
    more.add(new Fixed(Tokens.hash(token), caller));
    return new BearerTokens(store, clock, more);
  }

  /**
   * A new token.
   *
   * @param name unique in the workspace, 1 to 200 characters without control characters
   * @throws io.trigrun.validation.ValidationException naming {@code name} or {@code workspace}
   * @throws ConflictException if another token has the name
   */
  public BearerToken.Issued create(String name, String workspace, Role role) {
    Problems.require(
        !name.isBlank()
            && name.length() <= LONGEST_NAME
            && name.chars().noneMatch(Character::isISOControl),
        "name",
        "1 to 200 characters without control characters",
        name);
    StorableText.require(name, "name");
    Caller caller = new Caller(name, workspace, role);
    Instant now = clock.instant();
    String text = Tokens.issue();
    Definition definition =
        new Definition(
            TimeOrderedId.at(now),
            workspace,
            KIND,
            name,
            Optional.empty(),
            Optional.of(Tokens.hash(text)),
            Set.of(),
            false,
            1,
            now,
            now,
            JsonObject.builder().put("role", role.name()).build().json());
    if (store.write(WriteSet.save(definition)) instanceof WriteResult.Refused) {
      throw new ConflictException("expected a name that no other token has, got " + name);
    }
    return new BearerToken.Issued(
        new BearerToken(definition.id(), caller, definition.createdAt()), text);
  }

  /** The first page of the tokens of a workspace, newest first; 1 to 1,000 a page. */
  public Page<BearerToken> list(String workspace, int limit) {
    return list(DefinitionQuery.of(workspace, KIND).limit(limit));
  }

  /** The page of tokens that follows a place. */
  public Page<BearerToken> list(String workspace, int limit, Cursor after) {
    return list(DefinitionQuery.of(workspace, KIND).limit(limit).after(after));
  }

  private Page<BearerToken> list(DefinitionQuery query) {
    Page<Definition> page = store.listDefinitions(query);
    return new Page<>(page.items().stream().map(BearerTokens::read).toList(), page.next());
  }

  /**
   * Makes a token nobody's.
   *
   * @throws NotFoundException if the workspace has none of this id
   */
  public void revoke(String workspace, UUID tokenId) {
    Definition token =
        store.findDefinitions(List.of(tokenId)).stream()
            .filter(found -> found.kind().equals(KIND) && found.workspace().equals(workspace))
            .findFirst()
            .orElseThrow(() -> new NotFoundException("token", tokenId));
    store.write(
        new WriteSet(
            List.of(), List.of(new DefinitionWrite.Delete(tokenId, token.version())), List.of()));
  }

  @Override
  public Optional<Caller> authorize(InboundRequest request) {
    List<String> given = request.headers().getOrDefault("Authorization", List.of());
    if (given.size() != 1) {
      return Optional.empty();
    }
    var credentials = CREDENTIALS.matcher(given.get(0).strip());
    return credentials.matches() ? caller(credentials.group(1)) : Optional.empty();
  }

  private Optional<Caller> caller(String token) {
    String hash = Tokens.hash(token);
    Optional<Caller> known = Optional.empty();
    for (Fixed each : fixed) { // all of them, so that time does not tell which
      if (isSame(each.hash(), hash)) {
        known = Optional.of(each.caller());
      }
    }
    return known.or(() -> stored(hash));
  }

  /** The index compares hashes, which tell nothing about tokens; then we do, in constant time. */
  private Optional<Caller> stored(String hash) {
    return store
        .findDefinitionByKey(KIND, hash)
        .filter(found -> isSame(found.lookupKey().orElse(""), hash))
        .map(found -> read(found).caller());
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  private static BearerToken read(Definition definition) {
    JsonObject document = JsonObject.own(definition.document());
    Role role = Role.valueOf(document.text("role").orElseThrow());
    return new BearerToken(
        definition.id(),
        new Caller(definition.name(), definition.workspace(), role),
        definition.createdAt());
  }
}
