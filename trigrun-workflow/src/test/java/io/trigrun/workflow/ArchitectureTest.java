package io.trigrun.workflow;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** The rules of the architecture, as far as a machine can check them. */
@AnalyzeClasses(
    packages = "io.trigrun.workflow",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** The root package is left out: it holds the model of runs, which all use, and the facade. */
  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("io.trigrun.workflow.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule only_the_facade_knows_the_engine =
      noClasses()
          .that()
          .resideOutsideOfPackage("..internal..")
          .and(areNot("Workflows"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..internal.run..",
              "..internal.inbound..",
              "..internal.trigger..",
              "..internal.wait..");

  @ArchTest
  static final ArchRule definitions_are_data =
      noClasses()
          .that()
          .resideInAPackage("..workflow.definition..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.trigrun.workflow", "io.trigrun.memory..", "org.slf4j..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.trigrun.spi.JobStore");

  @ArchTest
  static final ArchRule expressions_are_pure =
      classes()
          .that()
          .resideInAnyPackage("..internal.expression..", "..internal.jsonpath..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "..internal.expression..",
              "..internal.jsonpath..",
              "io.trigrun",
              "io.trigrun.template",
              "io.trigrun.validation",
              "java..",
              "tools.jackson..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule routes_and_triggers_know_runs_by_the_desk_only =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..internal.inbound..", "..internal.trigger..", "..workflow.inbound..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..internal.run..");

  @ArchTest
  static final ArchRule stores_are_known_by_their_interface_only =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.trigrun.memory..", "io.trigrun.jdbc..", "io.trigrun.testing..", "java.sql..");

  @ArchTest
  static final ArchRule public_signatures_are_free_of_libraries_and_internals =
      classes().that().resideOutsideOfPackage("..internal..").should(new PublicSignatures());

  @ArchTest
  static final ArchRule time_is_injected =
      noClasses()
          .should()
          .accessTargetWhere(target("java\\.time\\..*", "now|system.*|tick.*"))
          .orShould()
          .accessTargetWhere(target("java\\.lang\\.System", "currentTimeMillis|nanoTime"));

  @ArchTest
  static final ArchRule nobody_sleeps_or_starts_threads =
      noClasses()
          .should()
          .accessTargetWhere(
              target("java\\.lang\\.Thread|java\\.util\\.concurrent\\.TimeUnit", "sleep"))
          .orShould()
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

  @Test
  void the_module_exports_nothing_internal() {
    ModuleDescriptor module =
        ModuleFinder.of(Path.of("target/classes"))
            .find("io.trigrun.workflow")
            .orElseThrow()
            .descriptor();

    assertThat(module.isOpen()).isFalse();
    assertThat(module.opens()).isEmpty();
    assertThat(module.exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactlyInAnyOrder(
            "io.trigrun.workflow", "io.trigrun.workflow.definition", "io.trigrun.workflow.inbound");
  }

  /** What hosts see of a class names only the JDK and what TrigRun exports. */
  private static final class PublicSignatures extends ArchCondition<JavaClass> {

    PublicSignatures() {
      super("name only exported types and the JDK's in public signatures");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      if (!isVisible(type)) {
        return;
      }
      for (JavaMember member : type.getMembers()) {
        if (isOpen(member)) {
          member.getAllInvolvedRawTypes().stream()
              .map(named -> named.getBaseComponentType())
              .filter(named -> !isKnownToHosts(named))
              .forEach(
                  named ->
                      events.add(
                          SimpleConditionEvent.violated(
                              type, member.getFullName() + " names " + named.getName())));
        }
      }
    }

    private static boolean isKnownToHosts(JavaClass named) {
      String name = named.getName();
      return named.isPrimitive()
          || name.startsWith("java.")
          || (name.startsWith("io.trigrun.") && !name.contains(".internal."));
    }

    private static boolean isVisible(JavaClass type) {
      return isOpen(type) && type.getEnclosingClass().map(PublicSignatures::isVisible).orElse(true);
    }

    private static boolean isOpen(HasModifiers part) {
      return part.getModifiers().contains(PUBLIC) || part.getModifiers().contains(PROTECTED);
    }
  }

  /** All but this class, and what is nested in it. */
  private static DescribedPredicate<JavaClass> areNot(String name) {
    return describe("are not " + name, type -> !outermost(type).getSimpleName().equals(name));
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
