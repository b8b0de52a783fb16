package dev.pinfactory.specialists.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The folder that the documentation shows. */
class LanguageModelExampleTest {
    private static final Path FOLDER = Path.of("../../examples/language-models");
    private static final Path PAGE = Path.of("../../docs/adding-a-specialist.md");

    @Test
    void theExampleIsReadAndIsTheDocumentations() throws Exception {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "variables", Map.of("LLM_BASE_URL", "http://127.0.0.1:1/v1", "LLM_MODEL", "small")));
        Adapters adapters = Adapters.read(FOLDER, environment, new DefaultSslBundleRegistry());
        assertThat(adapters.models()).containsOnlyKeys("sentiment-llm");
        assertThat(adapters.definitions()
                        .getFirst()
                        .card()
                        .getVersion()
                        .getCost()
                        .getPerCall()
                        .getCurrency())
                .isEqualTo("EUR");
        adapters.models().values().forEach(model -> model.close());

        String page = Files.readString(PAGE);
        assertThat(Files.readAllLines(FOLDER.resolve("sentiment-llm/mapping.yaml")))
                .filteredOn(line -> !line.strip().startsWith("#"))
                .allSatisfy(line -> assertThat(page).contains(line.stripTrailing()));
    }

    @Test
    void aVariableThatIsNotSetIsNamed() {
        assertThatThrownBy(() -> Adapters.read(FOLDER, new StandardEnvironment(), new DefaultSslBundleRegistry()))
                .hasMessageContaining("LLM_BASE_URL");
    }
}
