package dev.pinfactory.orchestrator.service.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Where Swagger UI lies in its jar, whose paths contain its version. */
record SwaggerFiles(String location) {
    private static final String POM = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

    static SwaggerFiles find() {
        try (InputStream pom = SwaggerFiles.class.getResourceAsStream(POM)) {
            if (pom == null) {
                throw new IllegalStateException("Swagger UI is not on the class path");
            }
            Properties properties = new Properties();
            properties.load(pom);
            return new SwaggerFiles(
                    "classpath:/META-INF/resources/webjars/swagger-ui/" + properties.getProperty("version") + "/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
