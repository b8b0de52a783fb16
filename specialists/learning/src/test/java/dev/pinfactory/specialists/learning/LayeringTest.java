package dev.pinfactory.specialists.learning;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class LayeringTest {
    @Test
    void learningIsPlainJava() {
        JavaClasses classes = new ClassFileImporter().importPackages("dev.pinfactory.specialists.learning");
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.grpc..", "io.netty..", "java.net..")
                .check(classes);
    }
}
