package dev.pinfactory.router.models.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of a program's command line: {@code --name value}, and flags without a value. */
public final class Arguments {
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> flags = new HashSet<>();

    private Arguments() {}

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException for an option that is not known, or that has no value
     */
    public static Arguments of(String[] line, Set<String> options, Set<String> flags) {
        Arguments arguments = new Arguments();
        for (int i = 0; i < line.length; i++) {
            if (flags.contains(line[i])) {
                arguments.flags.add(line[i]);
            } else if (!options.contains(line[i])) {
                throw new IllegalArgumentException("unknown option '" + line[i] + "'");
            } else if (i + 1 == line.length) {
                throw new IllegalArgumentException(line[i] + " needs a value");
            } else {
                arguments.values.put(line[i], line[++i]);
            }
        }
        return arguments;
    }

    public boolean has(String flag) {
        return flags.contains(flag);
    }

    public Optional<String> text(String option) {
        return Optional.ofNullable(values.get(option));
    }

    /** A path, whether or not anything is there. */
    public Optional<Path> path(String option) {
        return text(option).map(Path::of);
    }

    /**
     * A path at which there is something.
     *
     * @throws IllegalArgumentException when there is not
     */
    public Optional<Path> existing(String option) {
        path(option).filter(Files::notExists).ifPresent(missing -> {
            throw new IllegalArgumentException(option + ": there is no " + missing);
        });
        return path(option);
    }

    /**
     * What an option gave that is needed.
     *
     * @throws IllegalArgumentException when it was not given
     */
    public static <T> T needed(String option, Optional<T> value) {
        return value.orElseThrow(() -> new IllegalArgumentException(option + " is needed"));
    }
}
