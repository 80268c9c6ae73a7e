package io.trigrun.examples.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "secrets", description = "Values that jobs send and nobody reads.")
final class SecretCommands {

  private static final String VALUE_FILE =
      "Where the value is; - is standard input. Without it you are asked, or standard input is"
          + " read. One line break at its end is left out.";
  private static final String NAME = "What stands after secret:// in headers.";
  private static final List<Column> COLUMNS =
      List.of(
          Column.id("NAME", "name"),
          Column.of("KEY", "key_version"),
          Column.instant("CREATED", "created_at"),
          Column.instant("UPDATED", "updated_at"));

  private final Session session;
  private final Things secrets;

  SecretCommands(Session session) {
    this.session = session;
    this.secrets = new Things(session, "secret", "secrets", COLUMNS);
  }

  @Command(description = "Lists secrets, without their values.")
  void list(@Mixin Paging paging) {
    secrets.list(paging);
  }

  @Command(
      description = "Creates a secret. Its value is no argument, as others could see it.",
      footer = {
        "%nExamples:",
        "  ${ROOT-COMMAND-NAME} secrets create api-token                      # asks",
        "  ${ROOT-COMMAND-NAME} secrets create api-token < token.txt",
        "  pass show api | ${ROOT-COMMAND-NAME} secrets create api-token",
        "%nIn headers of jobs it is secret://api-token."
      })
  void create(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--value-file", paramLabel = "FILE", description = VALUE_FILE)
          @Nullable Path file) {
    ObjectNode body = Json.object().put("name", name).put("value", value(file));
    Reply created = session.api().create(secrets.all(), body);
    session.tell(created, "Created secret " + name + ": secret://" + name + ".");
  }

  @Command(description = "Gives a secret another value, for all that name it.")
  void rotate(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--value-file", paramLabel = "FILE", description = VALUE_FILE)
          @Nullable Path file) {
    ObjectNode body = Json.object().put("value", value(file));
    Reply changed = session.api().patch(secrets.one(name), body);
    session.tell(changed, "Secret " + name + " has another value.");
  }

  @Command(description = "Deletes a secret that nothing names.")
  void delete(@Parameters(paramLabel = "NAME", description = NAME) String name) {
    secrets.delete(name);
  }

  private String value(@Nullable Path file) {
    String value = session.input().secret(Optional.ofNullable(file).map(Path::toString), "Value: ");
    session.output().hidden().add(value);
    return value;
  }
}
