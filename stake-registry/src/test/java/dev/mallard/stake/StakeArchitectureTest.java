package dev.mallard.stake;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class StakeArchitectureTest {

  private final JavaClasses module =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.mallard.stake");

  @Test
  void stakeIsPureArithmetic() {
    classes()
        .that()
        .resideInAPackage("dev.mallard.stake")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.mallard.stake",
            "java.lang",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.math",
            "java.util",
            "java.util.function",
            "java.util.stream",
            "org.jspecify.annotations")
        .check(module);
  }

  @Test
  void stakeHasNoThreadNoClockAndNoRandomness() {
    noClasses()
        .that()
        .resideInAPackage("dev.mallard.stake")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Thread.class, System.class, Runtime.class, java.util.Random.class, java.util.Date.class)
        .check(module);
  }
}
