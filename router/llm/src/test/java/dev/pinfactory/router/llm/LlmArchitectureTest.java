package dev.pinfactory.router.llm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.pinfactory.router.llm", importOptions = ImportOption.DoNotIncludeTests.class)
final class LlmArchitectureTest {
    @ArchTest
    static final ArchRule theLanguageKnowsNoNetwork = noClasses()
            .that()
            .resideInAPackage("..llm.language..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "dev.pinfactory.chat");

    @ArchTest
    static final ArchRule noSpring =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule noCircles =
            slices().matching("dev.pinfactory.router.(**)").should().beFreeOfCycles();
}
