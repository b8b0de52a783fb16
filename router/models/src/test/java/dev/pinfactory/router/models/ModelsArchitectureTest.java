package dev.pinfactory.router.models;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.pinfactory.router.models", importOptions = DoNotIncludeTests.class)
class ModelsArchitectureTest {
    @ArchTest
    static final ArchRule knowsNoFrameworkOrNetwork = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "io.grpc..",
                    "java.net..",
                    "dev.pinfactory.registry..",
                    "ai.onnxruntime..");
}
