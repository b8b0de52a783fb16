package dev.pinfactory.faults.security;

import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.security.parser.FuzzRun;
import dev.pinfactory.faults.security.parser.KeptInputs;
import dev.pinfactory.faults.security.parser.UntrustedParser;
import dev.pinfactory.faults.security.parser.UntrustedParsers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** S2: no bytes make a parser of strangers' bytes throw anything but what it declares, nor take a second. The short form replays the corpora, the long one fuzzes. */
public final class ParserFuzzing implements Bar {
    /** Wanted of each parser, over all calls. */
    private static final long GOAL = 10_000_000;

    @Override
    public String id() {
        return "S2";
    }

    @Override
    public String title() {
        return "no input makes a parser of strangers' bytes throw anything but its declared refusal, run out of memory or take a second";
    }

    @Override
    public String unit() {
        return "inputs";
    }

    @Override
    public String sabotage() {
        return "a parser believes the length that stands in its input";
    }

    /** In the long form one for each parser. */
    @Override
    public int rounds(Form form) {
        return switch (form) {
            case SHORT -> 1;
            case LONG -> UntrustedParsers.ALL.size();
        };
    }

    @Override
    public Trial start(Setting setting) {
        if (setting.sabotage()) {
            return new SeededBug(setting.folder());
        }
        return setting.form() == Form.SHORT ? new Replays() : new Fuzzing(setting.tried());
    }

    private static final class Replays implements Trial {
        @Override
        public Outcome round(long seed) {
            List<String> failures = new ArrayList<>();
            Map<String, Long> parts = new HashMap<>();
            for (UntrustedParser parser : UntrustedParsers.ALL) {
                KeptInputs.Replayed replayed = KeptInputs.replay(parser);
                parts.put(parser.name(), (long) replayed.inputs());
                failures.addAll(replayed.failures());
            }
            long inputs = parts.values().stream().mapToLong(count -> count).sum();
            return new Outcome(inputs, failures, "kept inputs, replayed", parts);
        }

        @Override
        public void close() {}
    }

    /** A round is a while with the parser that had the fewest inputs so far. */
    private static final class Fuzzing implements Trial {
        /** All of them fit into one call of nine minutes, with the starts of their processes. */
        private static final Duration SLICE = Duration.ofSeconds(20);

        private static final Path FOLDER = Path.of("target", "fuzzing").toAbsolutePath();

        private final Map<String, Long> tried;
        private final List<UntrustedParser> left = new ArrayList<>(UntrustedParsers.ALL);

        private Fuzzing(Map<String, Long> tried) {
            this.tried = new HashMap<>(tried);
        }

        @Override
        public Outcome round(long seed) throws IOException, InterruptedException {
            UntrustedParser parser = next();
            long most = Math.max(GOAL / 10, GOAL - tried.getOrDefault(parser.name(), 0L));
            FuzzRun.Result result = new FuzzRun(parser, FOLDER).run(SLICE, most, seed);
            tried.merge(parser.name(), result.inputs(), Long::sum);
            return new Outcome(
                    result.inputs(),
                    result.failures(),
                    "%s, %d of %d in all".formatted(parser.name(), tried.get(parser.name()), GOAL),
                    Map.of(parser.name(), result.inputs()));
        }

        /** None twice before all had their turn. */
        private UntrustedParser next() {
            if (left.isEmpty()) {
                left.addAll(UntrustedParsers.ALL);
            }
            UntrustedParser next = left.stream()
                    .min(Comparator.comparing(parser -> tried.getOrDefault(parser.name(), 0L)))
                    .orElseThrow();
            left.remove(next);
            return next;
        }

        @Override
        public void close() {}
    }

    /** Jazzer has to find it, and the replay has to see what jazzer found. */
    private record SeededBug(Path folder) implements Trial {
        private static final Duration ENOUGH = Duration.ofSeconds(40);

        @Override
        public Outcome round(long seed) throws IOException, InterruptedException {
            FuzzRun.Result result = FuzzRun.ofSeededBug(folder).run(ENOUGH, GOAL, seed);
            return new Outcome(result.inputs(), result.failures(), "");
        }

        @Override
        public void close() {}
    }
}
