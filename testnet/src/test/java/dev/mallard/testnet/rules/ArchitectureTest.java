package dev.mallard.testnet.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The walls of the house (docs/adr/0001-modules-and-walls.md), held by the build. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ArchitectureTest {
  private JavaClasses all = new ClassFileImporter().importClasses();

  @BeforeAll
  void importClasses() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.mallard");
  }

  @Test
  void theRulesSeeTheCode() {
    classes()
        .that()
        .haveFullyQualifiedName("dev.mallard.c3b.StreamSender")
        .should()
        .bePublic()
        .check(all);
  }

  @Test
  void coreAndStakeArePure() {
    classes()
        .that()
        .resideInAnyPackage("dev.mallard.c3b..", "dev.mallard.stake")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "dev.mallard.c3b..",
                "dev.mallard.stake",
                "java.lang",
                "java.lang.annotation",
                "java.lang.invoke",
                "java.lang.runtime",
                "java.math",
                "java.util",
                "java.util.function",
                "java.util.stream",
                "org.jspecify.."))
        .check(all);
  }

  @Test
  void coreAndStakeHaveNoThreadClockOrRandomness() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.mallard.c3b..", "dev.mallard.stake")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.UUID")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.Thread")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(all);
  }

  /** So that the simulator runs every line of it (docs/adr/0008-a-replica-behind-ports.md). */
  @Test
  void aReplicaHasNoThreadClockOrRandomnessOfItsOwn() {
    noClasses()
        .that()
        .resideInAPackage("dev.mallard.replica..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.Thread")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.concurrent\\..*(Executor|Queue|Semaphore).*")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(all);
  }

  @Test
  void vertxStaysAtTheEdge() {
    noClasses()
        .that(
            not(
                resideInAnyPackage(
                    "dev.mallard.net..",
                    "dev.mallard.api..",
                    "dev.mallard.app..",
                    "dev.mallard.metrics..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx..")
        .check(all);
  }

  @Test
  void rocksDbStaysInTheStore() {
    noClasses()
        .that(not(resideInAnyPackage("dev.mallard.store..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.rocksdb..")
        .check(all);
  }

  @Test
  void web3jStaysWithTheChainFamily() {
    noClasses()
        .that(
            not(
                resideInAnyPackage(
                    "dev.mallard.chain.evm..",
                    "dev.mallard.stake.source..",
                    "dev.mallard.contracts..",
                    "dev.mallard.certify..",
                    "dev.mallard.testnet..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.web3j..")
        .check(all);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("dev.mallard.(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            resideInAnyPackage("dev.mallard.contracts.."),
            resideInAnyPackage("dev.mallard.contracts.."))
        .check(all);
  }
}
