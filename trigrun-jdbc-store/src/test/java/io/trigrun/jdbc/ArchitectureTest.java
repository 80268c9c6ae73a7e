package io.trigrun.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "io.trigrun.jdbc", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("io.trigrun.(jdbc..)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule it_stores_and_decides_nothing =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.trigrun.schedule..",
              "io.trigrun.handler..",
              "io.trigrun.http..",
              "io.trigrun.event..",
              "io.trigrun.internal..");

  @ArchTest
  static final ArchRule dialects_know_no_operation =
      classes()
          .that()
          .resideInAPackage("..dialect..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.trigrun.jdbc.dialect", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule nobody_reads_the_time =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");
}
