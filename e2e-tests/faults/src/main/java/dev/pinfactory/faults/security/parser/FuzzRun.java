package dev.pinfactory.faults.security.parser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Jazzer on one parser, for a while, in a process of its own, as it ends the process. What it learnt stays in the folder, so the next run goes on from there. */
public final class FuzzRun {
    /** A hang; what is slow is measured again without jazzer. */
    private static final int HANG_SECONDS = 20;

    private static final int START_SECONDS = 180;
    private static final int HEAP_MB = 512;
    private static final Pattern COUNT =
            Pattern.compile("(?m)^(?:#(\\d+)\\s|stat::number_of_executed_units:\\s+(\\d+))");
    private static final Pattern THROWN = Pattern.compile("(?m)^== Java Exception: (.*)$");

    private final UntrustedParser parser;
    private final Path learnt;
    private final Path found;
    private final Path log;

    /** @param folder what it learnt, what it found, and its log */
    public FuzzRun(UntrustedParser parser, Path folder) {
        this.parser = parser;
        this.learnt = folder.resolve(parser.name()).resolve("learnt");
        this.found = folder.resolve(parser.name()).resolve("found");
        this.log = folder.resolve(parser.name()).resolve("jazzer.log");
    }

    /** Of a parser with a bug that has to be found. */
    public static FuzzRun ofSeededBug(Path folder) {
        return new FuzzRun(TrustingReader.PARSER, folder);
    }

    /**
     * What came of it.
     *
     * @param inputs that were tried
     * @param failures each with the file of the input that shows it
     */
    public record Result(long inputs, List<String> failures) {
        public Result {
            failures = List.copyOf(failures);
        }
    }

    /** @param most inputs */
    public Result run(Duration time, long most, long seed) throws IOException, InterruptedException {
        Files.createDirectories(learnt);
        Files.createDirectories(found);
        for (Map.Entry<String, byte[]> input : Corpus.of(parser).entrySet()) {
            Files.write(learnt.resolve(input.getKey()), input.getValue());
        }
        List<Path> before = artefacts();
        Process process = new ProcessBuilder(command(time, most, seed))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Thread end = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        boolean ended;
        try {
            ended = process.waitFor(time.toSeconds() + START_SECONDS + HANG_SECONDS, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(end);
        }
        String said = Files.readString(log, StandardCharsets.ISO_8859_1);
        long inputs = count(said);
        if (!ended && inputs == 0) {
            // On a machine that is busy with others it may not even have started; that says nothing of the parser.
            return new Result(0, List.of());
        }
        return new Result(inputs, failures(said, before, ended ? process.exitValue() : -1));
    }

    private List<String> command(Duration time, long most, long seed) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer"));
        command.addAll(List.of(
                "--target_class=" + FuzzTarget.class.getName(),
                "--target_args=" + parser.name(),
                "--instrumentation_includes=" + String.join(":", parser.watched()),
                "--custom_hook_includes=" + String.join(":", parser.watched()),
                "--reproducer_path=" + found,
                "-artifact_prefix=" + found + "/",
                "-max_len=" + parser.longest(),
                "-max_total_time=" + time.toSeconds(),
                "-runs=" + most,
                "-seed=" + (1 + seed % Integer.MAX_VALUE),
                "-timeout=" + HANG_SECONDS,
                "-report_slow_units=1",
                // The heap has its bound.
                "-rss_limit_mb=0",
                "-print_final_stats=1",
                learnt.toString()));
        return command;
    }

    private static long count(String said) {
        long count = 0;
        Matcher numbers = COUNT.matcher(said);
        while (numbers.find()) {
            String number = Optional.ofNullable(numbers.group(1)).orElse(numbers.group(2));
            count = Math.max(count, Long.parseLong(number));
        }
        return count;
    }

    private List<String> failures(String said, List<Path> before, int exit) throws IOException {
        List<String> failures = new ArrayList<>();
        String thrown = last(THROWN.matcher(said));
        for (Path file : artefacts()) {
            if (before.contains(file)) {
                continue;
            }
            boolean slow = String.valueOf(file.getFileName()).startsWith("slow-unit");
            Optional<String> wrong = Replay.wrong(parser, Files.readAllBytes(file));
            if (slow && wrong.isEmpty()) {
                Files.delete(file);
            } else {
                failures.add(parser.name() + ": " + wrong.orElse("under jazzer alone, " + thrown) + " by " + file);
            }
        }
        if (exit != 0 && failures.isEmpty()) {
            failures.add(parser.name() + ": jazzer ended with " + exit + ", see " + log);
        }
        return failures;
    }

    private static String last(Matcher lines) {
        String last = "it broke or hung";
        while (lines.find()) {
            last = lines.group(1);
        }
        return last;
    }

    private List<Path> artefacts() throws IOException {
        try (Stream<Path> files = Files.list(found)) {
            return files.filter(file -> !file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
