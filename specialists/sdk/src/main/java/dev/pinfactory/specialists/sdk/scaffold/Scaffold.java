package dev.pinfactory.specialists.sdk.scaffold;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** Behind {@code pin new specialist NAME}: a Maven module with a specialist that does something, ready to be changed. */
public final class Scaffold {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LONGEST_NAME = 40;
    private static final String MODULES_END = "  </modules>";
    private static final String DIRECTORY = "--dir";
    private static final String LANGUAGE = "--language";
    private static final Set<String> LANGUAGES = Set.of("java", "python");
    private static final String USAGE = """
            usage: pin new specialist NAME [--language java|python] [--dir DIR]

              NAME             lower-case words joined by "-", such as key-terms
              --language LANG  java (a module of the build, the default) or python (a folder that needs no build)
              --dir DIR        where to write it; without it, specialists/NAME of the repository that this directory is in
            """;

    private final String name;

    /** @throws IllegalArgumentException when the name is not made of lower-case words */
    public Scaffold(String name) {
        boolean keyword = SourceVersion.isKeyword(name.replace("-", ""));
        if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME || keyword) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for a specialist: lower-case words joined by '-', at most "
                            + LONGEST_NAME + " characters");
        }
        this.name = name;
    }

    /**
     * The texts of the files by their path in the module.
     *
     * @param directory where the module lies, as one would type it at the top of the repository
     */
    public Map<String, String> files(String pathToParentPom, String directory) {
        String folder = packageName().replace('.', '/');
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", "pom.xml");
        files.put("README.md", "README.md");
        files.put("src/main/resources/" + folder + "/card.yaml", "card.yaml");
        files.put("src/main/resources/" + folder + "/samples.yaml", "samples.yaml");
        files.put("src/main/resources/META-INF/spring/dev.pinfactory.specialists.sdk.Specialist.imports", "imports");
        files.put("src/main/java/" + folder + "/package-info.java", "package-info.java");
        files.put("src/main/java/" + folder + "/" + className() + ".java", "Specialist.java");
        files.put("src/main/java/" + folder + "/" + className() + "Application.java", "Application.java");
        files.put("src/test/java/" + folder + "/" + className() + "Test.java", "SpecialistTest.java");
        files.replaceAll((path, template) -> filled(template, pathToParentPom, directory));
        return files;
    }

    /**
     * Writes the module into a directory that must not be there yet, or be empty.
     *
     * @param repository top of the repository; the module is added to its build where it lies inside
     * @throws IllegalArgumentException when there is something already
     */
    public void write(Path directory, Path repository) throws IOException {
        Path target = directory.toAbsolutePath().normalize();
        Path top = repository.toAbsolutePath().normalize();
        String parent = target.relativize(top.resolve("pom.xml")).toString().replace('\\', '/');
        String shown = shown(target, top).toString().replace('\\', '/');
        Map<String, byte[]> files = new LinkedHashMap<>();
        files(parent, shown).forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        Templates.write(target, files);
        if (target.startsWith(top)) {
            addModule(top.resolve("pom.xml"), top.relativize(target).toString().replace('\\', '/'));
        }
    }

    public static void main(String[] arguments) throws IOException {
        System.exit(run(Path.of(""), System.out, System.err, arguments));
    }

    static int run(Path current, PrintStream out, PrintStream err, String... arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals("--help")) {
            out.print(USAGE);
            return 0;
        }
        Optional<Map<String, String>> options = options(arguments);
        if (options.isEmpty()) {
            err.print(USAGE);
            return 2;
        }
        boolean python = options.get().getOrDefault(LANGUAGE, "java").equals("python");
        Optional<String> given = Optional.ofNullable(options.get().get(DIRECTORY));
        Optional<Path> repository = repository(current.toAbsolutePath());
        // Without a build it can lie anywhere.
        if (repository.isEmpty() && !(python && given.isPresent())) {
            err.println("this directory is not inside a repository of Pinfactory");
            return 2;
        }
        try {
            Scaffold scaffold = new Scaffold(arguments[0]);
            Path directory = given.map(current::resolve)
                    .orElseGet(() ->
                            repository.orElseThrow().resolve("specialists").resolve(arguments[0]));
            if (python) {
                new PythonScaffold(arguments[0], shown(directory, current).toString()).write(directory);
            } else {
                scaffold.write(directory, repository.orElseThrow());
            }
            out.println("wrote " + directory.toAbsolutePath().normalize());
            out.println("'" + (python ? "python3 " : "./pin build ") + shown(directory, current)
                    + (python
                            ? "/specialist.py' serves it; its README.md says what it needs"
                            : "' builds it; its README.md says how to run it"));
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        }
    }

    /** What stands after the name; empty when that is not understood. */
    private static Optional<Map<String, String>> options(String... arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            boolean known = Set.of(DIRECTORY, LANGUAGE).contains(arguments[i]);
            if (!known || i + 1 == arguments.length || options.put(arguments[i], arguments[i + 1]) != null) {
                return Optional.empty();
            }
        }
        boolean good = arguments.length > 0 && LANGUAGES.contains(options.getOrDefault(LANGUAGE, "java"));
        return good ? Optional.of(options) : Optional.empty();
    }

    /** As one would type it where the command was given. */
    private static Path shown(Path directory, Path current) {
        Path here = current.toAbsolutePath().normalize();
        Path there = directory.toAbsolutePath().normalize();
        return there.startsWith(here) ? here.relativize(there) : there;
    }

    private static Optional<Path> repository(Path from) throws IOException {
        for (Path directory = from; directory != null; directory = directory.getParent()) {
            Path pom = directory.resolve("pom.xml");
            if (Files.isRegularFile(pom)
                    && Files.readString(pom).contains("<artifactId>pinfactory</artifactId>\n  <version>")
                    && Files.isDirectory(directory.resolve("specialists"))) {
                return Optional.of(directory);
            }
        }
        return Optional.empty();
    }

    private static void addModule(Path pom, String module) throws IOException {
        String text = Files.readString(pom);
        String line = "    <module>" + module + "</module>\n";
        if (!text.contains(line)) {
            Files.writeString(pom, text.replaceFirst(Pattern.quote(MODULES_END), line + MODULES_END));
        }
    }

    private String filled(String template, String pathToParentPom, String directory) {
        return Templates.read(template)
                .replace("${name}", name)
                .replace("${class}", className())
                .replace("${package}", packageName())
                .replace("${directory}", directory)
                .replace("${relativePath}", pathToParentPom);
    }

    private String packageName() {
        return "dev.pinfactory.specialists." + name.replace("-", "");
    }

    private String className() {
        StringBuilder words = new StringBuilder();
        for (String word : name.split("-")) {
            words.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        // The ending keeps names such as "inference" from meaning something else in the generated code.
        return words.append("Specialist").toString();
    }
}
