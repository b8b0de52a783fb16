package dev.pinfactory.specialists.learning;

import dev.pinfactory.proto.digest.Digests;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Trains specialists from the command line: what {@code pin train specialist} runs. Progress goes to standard error, the figures to standard output.
 */
public final class Train {
    private static final int DONE = 0;
    private static final int WRONG_USE = 2;
    private static final Pattern DATA = Pattern.compile(".*\\.(gz|jsonl|csv|tsv|txt)");

    private final List<SpecialistTrainer> trainers;
    private final Path home;
    private final PrintStream out;
    private final PrintStream err;

    /** @param home of the project, which the trainers' own directories are relative to */
    Train(List<SpecialistTrainer> trainers, Path home, PrintStream out, PrintStream err) {
        this.trainers = trainers;
        this.home = home;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        List<SpecialistTrainer> trainers = ServiceLoader.load(SpecialistTrainer.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(SpecialistTrainer::name))
                .toList();
        Path home = Path.of(System.getProperty("pinfactory.home", "."));
        System.exit(new Train(trainers, home, System.out, System.err).run(arguments));
    }

    /** 0 when all models are trained or help was asked for, 2 when arguments or data are wrong. */
    int run(String... arguments) {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
            out.println(usage());
            return DONE;
        }
        try {
            return train(TrainOptions.parse(arguments));
        } catch (IllegalArgumentException e) {
            err.println("pin train specialist: " + e.getMessage());
            err.println(usage());
            return WRONG_USE;
        }
    }

    /** One that can't be trained does not keep the others from it. */
    private int train(TrainOptions options) {
        int result = DONE;
        long start = System.nanoTime();
        for (SpecialistTrainer trainer : chosen(options)) {
            try {
                train(trainer, options);
            } catch (DataException e) {
                err.println("pin train specialist: " + trainer.name() + ": " + e.getMessage() + hint(trainer));
                result = WRONG_USE;
            }
        }
        if (options.all()) {
            err.printf("all of them took %.1f s%n", (System.nanoTime() - start) / 1e9);
        }
        return result;
    }

    private List<SpecialistTrainer> chosen(TrainOptions options) {
        if (options.all()) {
            return trainers;
        }
        List<SpecialistTrainer> found = trainers.stream()
                .filter(one -> one.name().equals(options.name()))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no specialist '" + options.name() + "' to train; there are " + names());
        }
        return found;
    }

    private void train(SpecialistTrainer trainer, TrainOptions options) {
        String name = trainer.name();
        long start = System.nanoTime();
        Path target = target(trainer, options);
        Optional<String> before = digest(home.resolve(trainer.resources()).resolve(TrainingOutput.MODEL));
        TrainingReport report = trainer.train(new TrainingRequest(
                data(trainer, options), target, options.seed(), line -> err.println(name + ": " + line)));
        String compared = before.map(
                        digest -> digest.equals(report.digest()) ? ", the same as before" : ", before: " + digest)
                .orElse("");
        out.printf("%s: %s, %,d bytes, %s%s%n", name, report.model(), report.modelBytes(), report.digest(), compared);
        new TreeMap<>(report.metrics()).values().forEach(metric -> out.println("  " + metric));
        err.printf("%s: took %.1f s%n", name, (System.nanoTime() - start) / 1e9);
    }

    /** The data set's folder below the given directory, or that directory if it is the set's own; else what the project has. */
    private Path data(SpecialistTrainer trainer, TrainOptions options) {
        Path own = home.resolve(trainer.defaultData());
        if (options.data().isEmpty()) {
            return own;
        }
        Path given = options.data().get();
        if (!Files.isDirectory(given)) {
            throw new DataException("there is no directory " + given);
        }
        Optional<Path> measuring = trainer.measuringSet().map(given::resolve).filter(Files::isDirectory);
        if (measuring.isPresent() && !options.all()) {
            if (options.out().isEmpty()) {
                throw new DataException(
                        measuring.get() + " is for measuring only: say with --out where the model goes");
            }
            return measuring.get();
        }
        Optional<Path> below = trainer.dataSet().map(given::resolve).filter(Files::isDirectory);
        boolean itself = !options.all() && (holdsData(given) || !holdsData(own));
        return below.orElse(itself ? given : own);
    }

    private static boolean holdsData(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> DATA.matcher(name).matches());
        } catch (IOException e) {
            throw new DataException("can't read " + directory + ": " + e.getMessage(), e);
        }
    }

    /** In a source tree the model takes the place of the one that ships. */
    private Path target(SpecialistTrainer trainer, TrainOptions options) {
        if (options.out().isPresent()) {
            Path out = options.out().get();
            return options.all() ? out.resolve(trainer.name()) : out;
        }
        Path shipped = home.resolve(trainer.resources());
        return Files.isDirectory(shipped) ? shipped : Path.of("target", "trained", trainer.name());
    }

    private static Optional<String> digest(Path model) {
        try {
            return Files.isRegularFile(model) ? Optional.of(Digests.of(Files.readAllBytes(model))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the data is in the project, the error is about something else. */
    private String hint(SpecialistTrainer trainer) {
        Path own = home.resolve(trainer.defaultData());
        return holdsData(own)
                ? ""
                : trainer.dataSet()
                        .map(set ->
                                "; the project does not have its data: give --data DIR, where DIR holds " + set + "/")
                        .orElse("");
    }

    private String names() {
        String names = trainers.stream().map(SpecialistTrainer::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? "none on the class path" : names;
    }

    private String usage() {
        return """
                usage: train NAME|--all [--model NAME] [--data DIR] [--out DIR] [--seed NUMBER]
                  NAME     one of: %s
                  --all    all of them
                  --model  another label set of the same specialist
                  --data   the directory that holds the data sets' folders, or the one of the set itself; not needed where the project has the data
                  --out    where model.bin and lineage.json go, with --all each in a folder of its name (default: beside the specialist's classes
                           in the source tree, in place of the model that ships)
                  --seed   default %d; the same seed and data give the same model""".formatted(names(), TrainingRequest.DEFAULT_SEED);
    }
}
