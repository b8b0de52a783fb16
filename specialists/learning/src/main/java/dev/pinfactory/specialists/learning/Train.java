package dev.pinfactory.specialists.learning;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Trains a specialist from the command line. Progress goes to standard error, the figures to standard output. */
public final class Train {
    private static final int DONE = 0;
    private static final int WRONG_USE = 2;

    private final List<SpecialistTrainer> trainers;
    private final PrintStream out;
    private final PrintStream err;

    Train(List<SpecialistTrainer> trainers, PrintStream out, PrintStream err) {
        this.trainers = trainers;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        List<SpecialistTrainer> trainers = ServiceLoader.load(SpecialistTrainer.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        System.exit(new Train(trainers, System.out, System.err).run(arguments));
    }

    /** 0 when the model is trained or help was asked for, 2 when arguments or data are wrong. */
    int run(String... arguments) {
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
        if (rest.contains("--help") || rest.contains("-h")) {
            out.println(usage());
            return DONE;
        }
        try {
            train(rest);
            return DONE;
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.println(usage());
            return WRONG_USE;
        } catch (DataException e) {
            err.println(e.getMessage());
            return WRONG_USE;
        }
    }

    private void train(Deque<String> rest) {
        String name = rest.poll();
        if (name == null) {
            throw new UsageException("which specialist?");
        }
        SpecialistTrainer trainer = trainers.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no trainer '" + name + "'"));
        Path data = trainer.defaultData();
        Path target = Path.of("target", "trained", name);
        long seed = TrainingRequest.DEFAULT_SEED;
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--data" -> data = Path.of(value(option, rest.poll()));
                case "--out" -> target = Path.of(value(option, rest.poll()));
                case "--seed" -> seed = number(option, value(option, rest.poll()));
                default -> throw new UsageException("there is no option '" + option + "'");
            }
        }
        long start = System.nanoTime();
        TrainingReport report = trainer.train(new TrainingRequest(data, target, seed, err::println));
        out.printf("%s: %s, %,d bytes, %s%n", name, report.model(), report.modelBytes(), report.digest());
        new TreeMap<>(report.metrics()).values().forEach(out::println);
        err.printf("took %.1f s%n", (System.nanoTime() - start) / 1e9);
    }

    private static String value(String option, @Nullable String value) {
        if (value == null) {
            throw new UsageException(option + " wants a value");
        }
        return value;
    }

    private static long number(String option, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new UsageException(option + " is '" + value + "', expected a whole number");
        }
    }

    private String usage() {
        String names = trainers.stream().map(SpecialistTrainer::name).sorted().collect(Collectors.joining(", "));
        return """
                usage: train NAME [--data DIR] [--out DIR] [--seed NUMBER]
                  NAME    one of: %s
                  --data  directory of the training data (default: the specialist's own data directory)
                  --out   where model.bin and lineage.json go (default: target/trained/NAME)
                  --seed  default %d; the same seed and data give the same model""".formatted(names.isEmpty() ? "(none on the class path)" : names, TrainingRequest.DEFAULT_SEED);
    }

    private static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }
}
