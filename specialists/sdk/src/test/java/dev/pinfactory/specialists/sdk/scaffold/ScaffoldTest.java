package dev.pinfactory.specialists.sdk.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.specialists.sdk.sample.Samples;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaffoldTest {
    private static final String ROOT_POM = """
            <project>
              <artifactId>pinfactory</artifactId>
              <version>0.1.0</version>
              <modules>
                <module>proto</module>
              </modules>
            </project>
            """;

    @TempDir
    private Path repository;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void makeRepository() throws Exception {
        Files.createDirectories(repository.resolve("specialists"));
        Files.writeString(repository.resolve("pom.xml"), ROOT_POM);
    }

    @Test
    void writesAModuleAndAddsItToTheBuild() throws Exception {
        assertThat(run("key-terms")).isZero();
        Path module = repository.resolve("specialists/key-terms");
        Path resources = module.resolve("src/main/resources/dev/pinfactory/specialists/keyterms");
        var contract = CardReader.readOne(Files.readString(resources.resolve("card.yaml")))
                .getContract();
        assertThat(contract.getId()).isEqualTo("key-terms");
        assertThat(Samples.read(Files.readString(resources.resolve(Samples.FILE)), "key-terms"))
                .hasSize(2);
        assertThat(module.resolve("README.md")).content().contains("./pin build specialists/key-terms");
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("./pin build specialists/key-terms");
        assertThat(module.resolve("pom.xml")).content().contains("<relativePath>../../pom.xml</relativePath>");
        assertThat(module.resolve("src/main/java/dev/pinfactory/specialists/keyterms/KeyTermsSpecialist.java"))
                .content()
                .contains("public final class KeyTermsSpecialist");
        assertThat(repository.resolve("pom.xml"))
                .content()
                .contains("    <module>specialists/key-terms</module>\n  </modules>");
    }

    @Test
    void nothingIsLeftToFillIn() {
        new Scaffold("key-terms")
                .files("../../pom.xml", "specialists/key-terms")
                .forEach((path, text) -> assertThat(text).as(path).doesNotContain("${"));
    }

    @Test
    void writesAFolderInPythonAndLeavesTheBuildAlone() throws Exception {
        assertThat(run("key-terms", "--language", "python")).isZero();
        Path folder = repository.resolve("specialists/key-terms");
        assertThat(CardReader.readOne(Files.readString(folder.resolve("card.json")))
                        .getContract()
                        .getId())
                .isEqualTo("key-terms");
        assertThat(Samples.read(Files.readString(folder.resolve("samples.json")), "key-terms"))
                .hasSize(2);
        assertThat(folder.resolve("README.md"))
                .content()
                .contains("key-terms=specialists/key-terms/samples.json")
                .doesNotContain("${");
        assertThat(repository.resolve("pom.xml")).content().isEqualTo(ROOT_POM);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("python3 specialists/key-terms/specialist.py");
    }

    @Test
    void pythonGetsEveryFileOfTheMessagesAfterThoseThatItImports() {
        Set<String> known = new HashSet<>();
        for (var file : PythonScaffold.descriptors().getFileList()) {
            assertThat(file.getDependencyList())
                    .as(file.getName())
                    .allMatch(imported -> imported.startsWith("google/protobuf/") || known.contains(imported));
            known.add(file.getName());
        }
        assertThat(known).contains("pinfactory/v1/specialist_service.proto", "pinfactory/v1/registry_service.proto");
    }

    @Test
    void everyPythonTemplateIsWritten() throws Exception {
        Path templates = Path.of(
                PythonScaffold.class.getResource("/scaffold/python/pinfactory").toURI());
        try (var files = Files.list(templates)) {
            assertThat(files.map(file ->
                            "pinfactory/" + file.getFileName().toString().replace(".template", "")))
                    .isSubsetOf(
                            new PythonScaffold("key-terms", "key-terms").files().keySet());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--language cobol", "--language", "--language java --language java", "--colour red", "--dir"})
    void tellsItsUsageForOptionsThatItDoesNotHave(String options) throws Exception {
        String[] arguments = ("key-terms " + options).split(" ");
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("usage: pin new specialist");
        assertThat(repository.resolve("specialists/key-terms")).doesNotExist();
    }

    @Test
    void pythonNeedsNoRepository(@TempDir Path elsewhere) throws Exception {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        assertThat(Scaffold.run(elsewhere, out, out, "key-terms", "--language", "python", "--dir", "mine"))
                .isZero();
        assertThat(elsewhere.resolve("mine/specialist.py")).exists();
        assertThat(Scaffold.run(elsewhere, out, out, "key-terms", "--language", "python"))
                .isEqualTo(2);
    }

    @Test
    void neverWritesOverWhatIsThere() throws Exception {
        assertThat(run("key-terms")).isZero();
        assertThat(run("key-terms")).isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("is there already");
    }

    @Test
    void anotherDirectoryOutsideTheRepositoryLeavesTheBuildAlone(@TempDir Path elsewhere) throws Exception {
        assertThat(run("key-terms", "--dir", elsewhere.resolve("mine").toString()))
                .isZero();
        assertThat(elsewhere.resolve("mine/pom.xml")).exists();
        assertThat(repository.resolve("pom.xml")).content().isEqualTo(ROOT_POM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Key",
                "key_terms",
                "key--terms",
                "../x",
                "new",
                "a-very-long-name-that-nobody-would-like-to-type"
            })
    void refusesWhatIsNoName(String name) {
        assertThatThrownBy(() -> new Scaffold(name)).isInstanceOf(IllegalArgumentException.class);
    }

    private int run(String... arguments) throws Exception {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return Scaffold.run(repository, out, out, arguments);
    }
}
