package io.trigrun;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.trigrun.event.TrigRunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the architecture, as far as a machine can check them. */
@AnalyzeClasses(packages = "io.trigrun", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  /** The root package is left out: it holds the model, which all use, and the facade. */
  @ArchTest
  static final ArchRule packages_form_no_cycles =
      slices().matching("io.trigrun.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule only_the_facade_knows_the_engine =
      noClasses()
          .that()
          .resideOutsideOfPackage("..internal..")
          .and(areNot("TrigRun", "TrigRunBuilder"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..internal..");

  @ArchTest
  static final ArchRule the_engine_knows_stores_by_their_interface_only =
      noClasses()
          .that()
          .resideInAPackage("..internal..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..memory..", "..testing..");

  @ArchTest
  static final ArchRule stores_know_no_policy =
      noClasses()
          .that()
          .resideInAPackage("..memory..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..schedule..", "..handler..", "..http..", "..event..");

  @ArchTest
  static final ArchRule there_is_no_sql =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule what_is_optional_is_known_to_its_bridge_only =
      noClasses()
          .that()
          .resideOutsideOfPackages("..micrometer..", "..opentelemetry..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.micrometer..",
              "io.opentelemetry..",
              "io.trigrun.micrometer..",
              "io.trigrun.opentelemetry..");

  @ArchTest
  static final ArchRule public_signatures_are_free_of_libraries_and_internals =
      classes().that().resideOutsideOfPackage("..internal..").should(new ApiSignatures());

  @ArchTest
  static final ArchRule schedules_are_pure =
      classes()
          .that()
          .resideInAPackage("..schedule..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.trigrun.schedule",
              "io.trigrun.validation",
              "java..",
              "com.cronutils..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule time_is_injected =
      noClasses()
          .that(areNot("TrigRunBuilder", "WebhookVerifier")) // their defaults
          .should()
          .accessTargetWhere(target("java\\.time\\..*", "now|system.*|tick.*"))
          .orShould()
          .accessTargetWhere(target("java\\.lang\\.System", "currentTimeMillis"));

  @ArchTest
  static final ArchRule few_sleep =
      noClasses()
          .that(areNot("Engine", "Loop"))
          .should()
          .accessTargetWhere(
              target("java\\.lang\\.Thread|java\\.util\\.concurrent\\.TimeUnit", "sleep"));

  @ArchTest
  static final ArchRule few_have_threads =
      noClasses()
          .that(areNot("Loop", "Workers", "JdkHttpTransport", "EgressGuard"))
          .should()
          .callConstructorWhere(
              describe(
                  "a thread or an executor is made",
                  call ->
                      call.getTargetOwner().isAssignableTo(Thread.class)
                          || call.getTargetOwner().isAssignableTo(Executor.class)))
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.util\\.(Timer|concurrent\\.(Executors|ForkJoinPool))");

  @ArchTest
  static final ArchRule names_say_what_a_class_is =
      noClasses().should().haveNameMatching(".*(Impl|Utils?|Helper|Manager)(\\$.*)?");

  private static final List<String> VENDORS =
      List.of("slack", "discord", "telegram", "pagerduty", "opsgenie", "mattermost", "twilio");

  @Test
  void the_core_names_no_vendor() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      List<Path> files = sources.filter(Files::isRegularFile).toList();
      assertThat(files).isNotEmpty();
      for (Path file : files) {
        assertThat(Files.readString(file).toLowerCase(Locale.ROOT))
            .as(file.toString())
            .doesNotContain(VENDORS);
      }
    }
  }

  @Test
  void each_event_stands_in_the_table_of_its_package() throws IOException {
    String table = Files.readString(Path.of("src/main/java/io/trigrun/event/package-info.java"));
    assertThat(TrigRunEvent.class.getPermittedSubclasses())
        .isNotEmpty()
        .allSatisfy(
            event -> assertThat(table).contains("<td>{@code " + event.getSimpleName() + "}</td>"));
  }

  /** All but the named classes, and what is nested in them. */
  private static DescribedPredicate<JavaClass> areNot(String... names) {
    return describe(
        "are not one of " + String.join(", ", names),
        type -> !List.of(names).contains(outermost(type).getSimpleName()));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }

  private static DescribedPredicate<JavaAccess<?>> target(String owner, String name) {
    return describe(
        "the target is " + owner + "." + name,
        access ->
            access.getTargetOwner().getName().matches(owner)
                && access.getTarget().getName().matches(name));
  }
}
