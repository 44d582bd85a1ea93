package io.rpcboot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The floors of the core: arrows go down only. */
class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(RpcCall.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void dependenciesGoDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("vocabulary")
                .definedBy("io.rpcboot")
                .layer("wire")
                .definedBy("io.rpcboot.wire..")
                .layer("contract")
                .definedBy("io.rpcboot.contract")
                .layer("naming")
                .definedBy("io.rpcboot.naming")
                .layer("balance")
                .definedBy("io.rpcboot.balance")
                .layer("transport")
                .definedBy("io.rpcboot.transport")
                .layer("client")
                .definedBy("io.rpcboot.client")
                .layer("server")
                .definedBy("io.rpcboot.server")
                .whereLayer("client")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("server")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("transport")
                .mayOnlyBeAccessedByLayers("client", "server")
                .whereLayer("balance")
                .mayOnlyBeAccessedByLayers("client")
                .whereLayer("naming")
                .mayOnlyBeAccessedByLayers("client", "server")
                .whereLayer("contract")
                .mayOnlyBeAccessedByLayers("client", "server")
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers("transport")
                .whereLayer("vocabulary")
                .mayNotAccessAnyLayer()
                .check(CORE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.rpcboot.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void nettyIsKnownToWireAndTransportOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.rpcboot.wire..", "io.rpcboot.transport")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CORE);
    }

    @Test
    void theCoreKnowsNoSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.micrometer..")
                .check(CORE);
    }

    @Test
    void everyClassHasARoom() {
        classes()
                .should()
                .resideInAnyPackage(
                        "io.rpcboot",
                        "io.rpcboot.wire..",
                        "io.rpcboot.contract",
                        "io.rpcboot.naming",
                        "io.rpcboot.balance",
                        "io.rpcboot.transport",
                        "io.rpcboot.client",
                        "io.rpcboot.server")
                .check(CORE);
    }
}
