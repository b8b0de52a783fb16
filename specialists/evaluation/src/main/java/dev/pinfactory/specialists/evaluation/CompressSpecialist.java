package dev.pinfactory.specialists.evaluation;

import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.learning.compression.Compression;
import dev.pinfactory.specialists.learning.compression.CompressionRequest;
import dev.pinfactory.specialists.learning.compression.SpecialistCompressor;
import dev.pinfactory.specialists.learning.compression.Teacher;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** What {@code pin compress specialist} runs: a student of a larger teacher, and what it costs and loses. */
public final class CompressSpecialist {
    private static final int DONE = 0;
    private static final int WRONG_USE = 2;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<SpecialistCompressor> compressors;
    private final Path home;
    private final PrintStream out;
    private final PrintStream err;

    /** @param home of the project, which the compressors' own data is relative to */
    CompressSpecialist(List<SpecialistCompressor> compressors, Path home, PrintStream out, PrintStream err) {
        this.compressors = compressors;
        this.home = home;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        List<SpecialistCompressor> compressors = new ArrayList<>();
        ServiceLoader.load(SpecialistCompressor.class).forEach(compressors::add);
        Path home = Path.of(System.getProperty("pinfactory.home", "."));
        System.exit(new CompressSpecialist(compressors, home, System.out, System.err).run(arguments));
    }

    /** 0 whatever the figures are, 2 when arguments, data or teacher are wrong. */
    int run(String... arguments) {
        try {
            compress(CompressionOptions.parse(arguments));
            return DONE;
        } catch (DataException | IllegalArgumentException | PinfactoryException | UncheckedIOException e) {
            err.println("pin compress specialist: " + e.getMessage());
            return WRONG_USE;
        }
    }

    private void compress(CompressionOptions options) {
        SpecialistCompressor compressor = find(options.name());
        if (options.folds() != 0 && (!compressor.foldsItsData() || options.out().isPresent())) {
            throw new IllegalArgumentException(
                    compressor.foldsItsData()
                            ? "--folds only measures, and writes no model; leave out --out"
                            : "--folds is not for " + options.name() + ", which is measured in one way");
        }
        long start = System.nanoTime();
        List<String> unlabelled =
                options.unlabelled().map(CompressSpecialist::lines).orElse(List.of());
        Compression compression;
        if (options.teacher().isEmpty()) {
            compression = compressor.compress(request(compressor, options, Optional.empty(), unlabelled));
        } else {
            try (ServedTeacher teacher =
                    ServedTeacher.open(options.teacher().get(), compressor.name(), compressor.port())) {
                compression = compressor.compress(request(compressor, options, Optional.of(teacher), unlabelled));
            }
        }
        report(options, compression);
        err.printf("took %.1f s%n", (System.nanoTime() - start) / 1e9);
    }

    private void report(CompressionOptions options, Compression compression) {
        CompressionReport report = new CompressionReport(options.name(), compression);
        out.print(report.text());
        options.out().ifPresent(directory -> {
            TrainingReport written = TrainingOutput.write(
                    new TrainingRequest(directory, directory, options.seed(), err::println),
                    compression.origin(),
                    compression.model(),
                    Map.of(compression.figure(), compression.student().quality()));
            out.printf("%s, %,d bytes, %s%n", written.model(), written.modelBytes(), written.digest());
        });
        options.json()
                .ifPresent(file ->
                        write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report.json()) + "\n"));
        options.html().ifPresent(file -> write(file, CompressionPage.html(report)));
    }

    private CompressionRequest request(
            SpecialistCompressor compressor,
            CompressionOptions options,
            Optional<Teacher> teacher,
            List<String> unlabelled) {
        return new CompressionRequest(
                data(compressor, options),
                teacher,
                unlabelled,
                options.folds(),
                options.seed(),
                line -> err.println(compressor.name() + ": " + line));
    }

    /** A file; the data set's folder below the given directory, or that directory; else what the project has. */
    private Path data(SpecialistCompressor compressor, CompressionOptions options) {
        if (options.data().isEmpty()) {
            return home.resolve(compressor.defaultData());
        }
        Path given = options.data().get();
        if (!Files.exists(given)) {
            throw new DataException("there is no file or directory " + given);
        }
        return compressor
                .dataSet()
                .map(given::resolve)
                .filter(Files::isDirectory)
                .orElse(given);
    }

    private SpecialistCompressor find(String name) {
        return compressors.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no specialist '" + name
                        + "' to compress; there are "
                        + compressors.stream()
                                .map(SpecialistCompressor::name)
                                .sorted()
                                .collect(Collectors.joining(", "))));
    }

    /** One text a line. */
    private static List<String> lines(Path file) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank())
                    .distinct()
                    .toList();
            if (lines.isEmpty()) {
                throw new DataException(file + " has no lines");
            }
            return lines;
        } catch (IOException e) {
            throw new DataException("can't read " + file + " as one text a line: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e.getMessage(), e);
        }
    }
}
