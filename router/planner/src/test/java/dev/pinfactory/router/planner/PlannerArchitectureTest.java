package dev.pinfactory.router.planner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.pinfactory.router.planner", importOptions = DoNotIncludeTests.class)
class PlannerArchitectureTest {
    @ArchTest
    static final ArchRule knowsNoFrameworkNetworkOrModel = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "io.grpc..",
                    "java.net..",
                    "java.nio.file..",
                    "ai.onnxruntime..",
                    "ai.djl..",
                    "dev.pinfactory.encoder..",
                    "dev.pinfactory.registry..");

    @ArchTest
    static final ArchRule readsNoClockOfItsOwn = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now");
}
