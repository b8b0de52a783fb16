package dev.pinfactory.specialists.workshop;

import dev.pinfactory.specialists.forecast.SeriesTrainer;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.workshop.training.Job;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the command line says. */
record WorkshopOptions(Map<String, String> values, List<String> examples) {
    private static final Set<String> KNOWN = Set.of(
            "--from",
            "--type",
            "--label",
            "--name",
            "--text",
            "--time",
            "--drop",
            "--keep",
            "--out-of-scope",
            "--horizon",
            "--out",
            "--seed",
            "--json",
            "--summary");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LONGEST_NAME = 64;

    WorkshopOptions {
        values = Map.copyOf(values);
        examples = List.copyOf(examples);
    }

    /** @throws IllegalArgumentException when an argument is missing, unknown or wrong */
    static WorkshopOptions parse(String... arguments) {
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
        Map<String, String> values = new HashMap<>();
        List<String> examples = new ArrayList<>();
        while (!rest.isEmpty()) {
            String option = rest.pop();
            String value = rest.poll();
            if (!KNOWN.contains(option) && !option.equals("--example")) {
                throw new IllegalArgumentException("there is no option '" + option + "' beside --from");
            }
            if (value == null) {
                throw new IllegalArgumentException(option + " wants a value");
            }
            if (option.equals("--example")) {
                examples.add(value);
            } else if (values.put(option, value) != null) {
                throw new IllegalArgumentException(option + " stands there twice");
            }
        }
        return new WorkshopOptions(values, examples);
    }

    Job job(Consumer<String> progress) {
        Job.Task task = Job.Task.named(required("--type"));
        String name = required("--name");
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "--name is '" + name + "', expected lower-case words joined by '-', such as ticket-queue");
        }
        List<String> label = list("--label");
        if (label.isEmpty() && task != Job.Task.FORECAST) {
            throw new IllegalArgumentException("--label is missing: the column that is to be told");
        }
        return new Job(
                Path.of(required("--from")),
                task,
                task == Job.Task.FORECAST ? label : List.of(String.join(",", label)),
                name,
                value("--text"),
                value("--time"),
                value("--out-of-scope"),
                new LinkedHashSet<>(list("--drop")),
                new LinkedHashSet<>(list("--keep")),
                (int) number("--horizon", 0, 1, SeriesTrainer.longestHorizon()),
                number("--seed", TrainingRequest.DEFAULT_SEED, Long.MIN_VALUE, Long.MAX_VALUE),
                progress);
    }

    /** Where everything is written. */
    Path out() {
        return value("--out").map(Path::of).orElseGet(() -> Path.of("specialists.d", required("--name")));
    }

    Optional<Path> json() {
        return value("--json").map(Path::of);
    }

    Optional<String> summary() {
        return value("--summary");
    }

    private Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    private String required(String option) {
        return value(option).orElseThrow(() -> new IllegalArgumentException(option + " is missing"));
    }

    private List<String> list(String option) {
        return value(option).stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private long number(String option, long otherwise, long least, long most) {
        Optional<String> text = value(option);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException(option + " is '" + text.get() + "', expected a whole number"
                + (least > Long.MIN_VALUE ? " from " + least + " to " + most : ""));
    }
}
