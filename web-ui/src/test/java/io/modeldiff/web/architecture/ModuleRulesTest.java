package io.modeldiff.web.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * Module directions, cycles and null-marking; each rule is only worth something if it sees code.
 */
class ModuleRulesTest {
  private static final String CORE = "io.modeldiff.core..";
  private static final String REPLICA = "io.modeldiff.replica..";
  private static final String ANALYSIS = "io.modeldiff.analysis..";
  private static final String WEB = "io.modeldiff.web..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.modeldiff");

  @Test
  void classes_ofEveryModule_areSeen() {
    for (String module : List.of("core", "replica", "analysis", "web")) {
      String root = "io.modeldiff." + module + ".";
      long count =
          CLASSES.stream().filter(c -> c.getPackageName().concat(".").startsWith(root)).count();
      assertThat(count).as(module).isGreaterThan(20);
    }
  }

  @Test
  void core_dependsOnNoOtherModule() {
    noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(REPLICA, ANALYSIS, WEB)
        .check(CLASSES);
  }

  @Test
  void replicaActors_knowNeitherAnalysisNorWeb() {
    noClasses()
        .that()
        .resideInAPackage(REPLICA)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ANALYSIS, WEB)
        .check(CLASSES);
  }

  @Test
  void analysis_knowsNeitherReplicaActorsNorWeb() {
    noClasses()
        .that()
        .resideInAPackage(ANALYSIS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(REPLICA, WEB)
        .check(CLASSES);
  }

  @Test
  void packages_haveNoCycles() {
    for (String root : List.of("core", "replica", "analysis", "web")) {
      slices().matching("io.modeldiff." + root + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
  }

  @Test
  void packages_allOfThem_areNullMarked() {
    List<String> unmarked =
        CLASSES.stream()
            .map(c -> c.getPackage())
            .distinct()
            .filter(p -> !p.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .sorted()
            .toList();
    assertThat(unmarked).isEmpty();
  }
}
