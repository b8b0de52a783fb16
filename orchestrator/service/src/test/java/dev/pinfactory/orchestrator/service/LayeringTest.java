package dev.pinfactory.orchestrator.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.pinfactory.orchestrator.service", importOptions = DoNotIncludeTests.class)
class LayeringTest {
    @ArchTest
    static final ArchRule PINS_ARE_BELOW_PLANS_AND_TASKS = noClasses()
            .that()
            .resideInAPackage("..service.pin..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..service.plan..", "..service.run..", "..service.task..");

    @ArchTest
    static final ArchRule PLANS_ARE_BELOW_TASKS = noClasses()
            .that()
            .resideInAPackage("..service.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..service.run..", "..service.task..");

    /** Planning may be interrupted, and an interrupt in a database's file would close it for everybody. */
    @ArchTest
    static final ArchRule PLANNING_READS_NO_STORE = noClasses()
            .that()
            .resideInAPackage("..service.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..service.store..", "java.sql..", "org.springframework.jdbc..");
}
