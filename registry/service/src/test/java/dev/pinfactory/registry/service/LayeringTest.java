package dev.pinfactory.registry.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.pinfactory.registry.service", importOptions = DoNotIncludeTests.class)
class LayeringTest {
    @ArchTest
    static final ArchRule RULES_ARE_PLAIN_JAVA = noClasses()
            .that()
            .resideInAnyPackage("..catalog..", "..service.rollout..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "java.sql..", "io.grpc..", "..service.store..");

    @ArchTest
    static final ArchRule THE_CATALOGUE_KNOWS_NO_POLICY = noClasses()
            .that()
            .resideInAPackage("..catalog..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..service.rollout..");

    @ArchTest
    static final ArchRule STORE_KNOWS_NO_SERVICE = noClasses()
            .that()
            .resideInAPackage("..store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "org.springframework.boot..");
}
