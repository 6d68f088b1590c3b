package io.tournant.pool;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the pool may know (DESIGN.md §2). */
class LayerTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tournant.pool");

    @Test
    void poolKnowsOfTheOtherModulesCoreOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tournant.ipc..", "io.tournant.testkit..", "io.tournant.examples..")
                .check(CLASSES);
    }

    @Test
    void poolUsesTheQueuesWithoutUnsafe() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jctools.queues")
                .check(CLASSES);
    }

    @Test
    void nobodyUsesUnsafeOrTheInsidesOfTheJdk() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sun.misc..", "jdk.internal..")
                .check(CLASSES);
    }
}
