package dev.pinfactory.orchestrator.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where this installation lies on disk, and how its programs are started. */
final class Home {
    private static final String VERSION = "0.1.0";

    private final Path root;

    private Home(Path root) {
        this.root = root;
    }

    /** The installation that the launcher belongs to. */
    static Home installed() {
        return new Home(Path.of(System.getProperty("pinfactory.home", "."))
                .toAbsolutePath()
                .normalize());
    }

    Path root() {
        return root;
    }

    /** Databases, snapshots, logs and the run file of the swarm on this machine. */
    Path data() {
        String elsewhere = System.getenv("PINFACTORY_DATA");
        return elsewhere == null
                ? root.resolve(".pinfactory")
                : Path.of(elsewhere).toAbsolutePath();
    }

    Path runFile() {
        return data().resolve("run").resolve("swarm.json");
    }

    Path logs() {
        return data().resolve("logs");
    }

    /** What the one-process program is made of, the specialists' jars among it. */
    Path libraries() {
        return root.resolve("orchestrator/standalone/target/lib");
    }

    /** The command that starts a main class of the one-process program. */
    List<String> standalone(String mainClass, List<String> options) {
        Path target = root.resolve("orchestrator/standalone/target");
        String classPath = target.resolve("pinfactory-orchestrator-standalone-" + VERSION + ".jar")
                + File.pathSeparator
                + libraries().resolve("*");
        List<String> command = new ArrayList<>(java(options));
        command.addAll(List.of("-cp", classPath, mainClass));
        return command;
    }

    /** The command that starts one role from its own jar. */
    List<String> role(String module, List<String> options) {
        Path jar =
                root.resolve(module + "/target/pinfactory-" + module.replace('/', '-') + "-" + VERSION + "-exec.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("'" + jar + "' is missing; run ./pin again to build it");
        }
        List<String> command = new ArrayList<>(java(options));
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private static List<String> java(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(options);
        return command;
    }
}
