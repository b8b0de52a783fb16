package dev.pinfactory.specialists.adapters.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/** A {@code mapping.yaml}. Its one root says which protocol the server speaks; {@code ${NAME}} stands for a setting or an environment variable. */
public final class MappingFile {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}:]+)}");

    private final Path file;
    private final List<PropertySource<?>> sources;
    private final Environment environment;

    private MappingFile(Path file, List<PropertySource<?>> sources, Environment environment) {
        this.file = file;
        this.sources = sources;
        this.environment = environment;
    }

    public static MappingFile load(Path file, Environment environment) throws IOException {
        return new MappingFile(
                file, new YamlPropertySourceLoader().load(file.toString(), new FileSystemResource(file)), environment);
    }

    public boolean has(String root) {
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind(root, Bindable.mapOf(String.class, Object.class))
                .isBound();
    }

    /** @throws IllegalArgumentException naming the file and the field that is wrong */
    public <T> T bind(String root, Class<T> type) {
        requireReferencesSet();
        Binder binder = new Binder(
                ConfigurationPropertySources.from(sources), new PropertySourcesPlaceholdersResolver(environment));
        try {
            return binder.bind(
                            root,
                            Bindable.of(type),
                            new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> true))
                    .orElseThrow(() -> new IllegalArgumentException("'" + root + "' is missing"));
        } catch (BindException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + rootMessage(e), e);
        }
    }

    /**
     * A secret is not written into the file but referred to.
     *
     * @throws IllegalArgumentException when it is
     */
    public void requireReference(String property) {
        written().forEach((name, value) -> {
            if (uniform(name).equals(uniform(property))
                    && !REFERENCE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        file + ": " + property + " is written out; refer to it as ${NAME}, or to a file");
            }
        });
    }

    /** Its path. */
    @Override
    public String toString() {
        return file.toString();
    }

    private void requireReferencesSet() {
        written().forEach((name, value) -> {
            Matcher reference = REFERENCE.matcher(value);
            if (reference.matches()
                    && environment.getProperty(reference.group(1), "").isBlank()) {
                throw new IllegalArgumentException(
                        file + ": " + name + " refers to " + reference.group(1) + ", which is not set");
            }
        });
    }

    private Map<String, String> written() {
        Map<String, String> written = new LinkedHashMap<>();
        for (PropertySource<?> source : sources) {
            String[] names = source instanceof EnumerablePropertySource<?> all ? all.getPropertyNames() : new String[0];
            for (String name : names) {
                written.put(name, String.valueOf(source.getProperty(name)));
            }
        }
        return written;
    }

    /** {@code api-key} is bound from {@code apiKey} and {@code API_KEY} too. */
    private static String uniform(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    private static @Nullable String rootMessage(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
