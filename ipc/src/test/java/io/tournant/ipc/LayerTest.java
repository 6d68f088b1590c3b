package io.tournant.ipc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the channels and the processes on top of them may know (DESIGN.md §2). */
class LayerTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tournant.ipc");

    @Test
    void channelsKnowNothingOfTasks() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tournant.ipc.process..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tournant.core..", "io.tournant.ipc.process..")
                .check(CLASSES);
    }

    @Test
    void ipcKnowsOfTheOtherModulesCoreOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tournant.pool..", "io.tournant.testkit..", "io.tournant.examples..")
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
