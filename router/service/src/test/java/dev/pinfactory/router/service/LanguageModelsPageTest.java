package dev.pinfactory.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The page on language models names the settings that there are, all of them and no others. */
class LanguageModelsPageTest {
    private static final Path PAGE = Path.of("../../docs/language-models.md");

    private static Set<String> named(String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(PAGE))
                .results()
                .map(found -> uniform(found.group(1)))
                .collect(Collectors.toSet());
    }

    private static Set<String> settings(Class<? extends Record> properties) {
        return Arrays.stream(properties.getRecordComponents())
                .map(RecordComponent::getName)
                .map(LanguageModelsPageTest::uniform)
                .collect(Collectors.toSet());
    }

    private static String uniform(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }

    @Test
    void theTableHasEverySetting() throws IOException {
        assertThat(named("(?m)^\\| `([a-z0-9-]+)` \\|")).isEqualTo(settings(LlmProperties.class));
    }

    @Test
    void whatIsNamedElsewhereExists() throws IOException {
        assertThat(settings(LlmProperties.class))
                .containsAll(named("pinfactory\\.router\\.llm\\.([a-z0-9-]+)"))
                .containsAll(named("PINFACTORY_ROUTER_LLM_([A-Z0-9]+)"));
        assertThat(settings(RouterProperties.class))
                .containsAll(named("pinfactory\\.router\\.(?!llm)([a-z0-9-]+)"))
                .containsAll(named("PINFACTORY_ROUTER_(?!LLM)([A-Z0-9]+)"));
    }

    @Test
    void environmentVariablesAreWrittenAsThePageWritesThem() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of(
                                        "PINFACTORY_ROUTER_LLM_BASEURL", "http://127.0.0.1:11434/v1",
                                        "PINFACTORY_ROUTER_LLM_MODEL", "qwen3:8b",
                                        "PINFACTORY_ROUTER_LLM_PROMPTPRICEPER1K", "0.5",
                                        "PINFACTORY_ROUTER_LLM_MAXPLANCOST", "0.05",
                                        "PINFACTORY_ROUTER_LLM_REQUESTTIMEOUT", "90s")));
        LlmProperties bound = new Binder(ConfigurationPropertySources.get(environment))
                .bind("pinfactory.router.llm", LlmProperties.class)
                .get();

        assertThat(bound.baseUrl()).hasToString("http://127.0.0.1:11434/v1");
        assertThat(bound.model()).isEqualTo("qwen3:8b");
        assertThat(bound.promptPricePer1k()).isEqualByComparingTo("0.5");
        assertThat(bound.maxPlanCost()).isEqualByComparingTo("0.05");
        assertThat(bound.requestTimeout()).hasSeconds(90);
        assertThat(bound.settings()).isPresent();
    }
}
