package dev.pinfactory.specialists.workshop;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.sdk.serving.DefinitionSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes specialists of the folders that were found. The encoder is loaded with the first model that needs it. */
@Configuration(proxyBeanMethods = false)
class WorkshopConfiguration {
    @Bean
    DefinitionSource trainedSpecialists(ServedFolders folders) {
        return () -> folders.all().stream()
                .map(folder -> folder.definition(SentenceEncoder.shared()))
                .toList();
    }
}
