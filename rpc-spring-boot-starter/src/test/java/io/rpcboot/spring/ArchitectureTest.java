package io.rpcboot.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;

class ArchitectureTest {

    private final JavaClasses starter = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.rpcboot.spring");

    @Test
    void everyRoomKnowsOnlyTheFloorsBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("words")
                .definedBy("io.rpcboot.spring")
                .layer("server")
                .definedBy("io.rpcboot.spring.server")
                .layer("client")
                .definedBy("io.rpcboot.spring.client")
                .layer("zookeeper")
                .definedBy("io.rpcboot.spring.zookeeper")
                .layer("actuate")
                .definedBy("io.rpcboot.spring.actuate")
                .layer("autoconfigure")
                .definedBy("io.rpcboot.spring.autoconfigure..")
                .whereLayer("autoconfigure")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("actuate")
                .mayOnlyBeAccessedByLayers("autoconfigure")
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("actuate", "autoconfigure")
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("actuate", "autoconfigure")
                .whereLayer("zookeeper")
                .mayOnlyBeAccessedByLayers("actuate", "autoconfigure")
                .check(starter);
    }

    @Test
    void noPackagesFormACircle() {
        slices().matching("io.rpcboot.spring.(**)").should().beFreeOfCycles().check(starter);
    }

    @Test
    void nettyStaysInTheTransport() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(starter);
    }

    @Test
    void onlyTheZookeeperRoomAndItsWiringKnowCurator() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.rpcboot.spring.zookeeper", "io.rpcboot.spring.autoconfigure")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.curator..", "org.apache.zookeeper..")
                .check(starter);
    }

    @Test
    void autoConfigurationsArePublicFinalAndWithoutPublicMethods() {
        classes()
                .that()
                .areAnnotatedWith(AutoConfiguration.class)
                .should()
                .bePublic()
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                .check(starter);
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(AutoConfiguration.class)
                .should()
                .notBePublic()
                .check(starter);
    }
}
