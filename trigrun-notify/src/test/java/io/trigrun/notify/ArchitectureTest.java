package io.trigrun.notify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(
    packages = "io.trigrun.notify",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("io.trigrun.(notify..)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule providers_know_neither_store_nor_clock_nor_log =
      noClasses()
          .that()
          .resideInAnyPackage("io.trigrun.notify.provider..", "io.trigrun.notify.channel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.trigrun.spi..", "io.trigrun.memory..", "org.slf4j..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule nobody_reads_the_system_time =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule nobody_starts_threads_but_for_what_blocks =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.trigrun.notify.DirectSends")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(java.util.concurrent.ExecutorService.class)
          .orShould()
          .callConstructor(Thread.class);
}
