package io.trigrun.contract;

import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A definition that a test fills in as far as it matters. */
public final class TestDefinition {

  static final String KIND = "kind";

  private final UUID id = TestExecution.nextId();
  private String workspace = TestExecution.WORKSPACE;
  private String name;
  private String kind = KIND;
  private Optional<UUID> owner = Optional.empty();
  private Optional<String> lookupKey = Optional.empty();
  private Set<UUID> references = Set.of();
  private boolean configuration = true;
  private Instant createdAt = StoreContract.NOW;

  private TestDefinition(String name) {
    this.name = name;
  }

  public static TestDefinition named(String name) {
    return new TestDefinition(name);
  }

  public UUID id() {
    return id;
  }

  public TestDefinition name(String value) {
    name = value;
    return this;
  }

  public TestDefinition workspace(String value) {
    workspace = value;
    return this;
  }

  public TestDefinition kind(String value) {
    kind = value;
    return this;
  }

  public TestDefinition ownedBy(UUID value) {
    owner = Optional.of(value);
    return this;
  }

  public TestDefinition key(String value) {
    lookupKey = Optional.of(value);
    return this;
  }

  public TestDefinition referencing(UUID... values) {
    references = Set.of(values);
    return this;
  }

  /** Not something that runs depend on. */
  public TestDefinition volatileState() {
    configuration = false;
    return this;
  }

  public TestDefinition created(Instant value) {
    createdAt = value;
    return this;
  }

  public Definition version(long version) {
    return new Definition(
        id,
        workspace,
        kind,
        name,
        owner,
        lookupKey,
        references,
        configuration,
        version,
        createdAt,
        StoreContract.NOW.plusSeconds(version),
        "{\"version\":" + version + "}");
  }

  public DefinitionWrite save(long version) {
    return new DefinitionWrite.Save(version(version));
  }

  /** Creates it, if there are at most so many then. */
  public DefinitionWrite createWithin(int most) {
    return new DefinitionWrite.Save(version(1), most);
  }

  public DefinitionWrite delete(long version) {
    return new DefinitionWrite.Delete(id, version);
  }

  public WriteSet create() {
    return WriteSet.save(version(1));
  }
}
