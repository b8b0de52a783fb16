package dev.pinfactory.faults.bar;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pin verify}: tries to break what is promised. */
@Command(
        name = "pin verify",
        mixinStandardHelpOptions = true,
        description = "Tries to break what is promised, and writes what came of it to docs/verification.",
        footer = {
            "",
            "A long form stops after some minutes and goes on at the next call; counts add up over calls.",
            "Exit codes: 0 all of them hold, 1 one is broken (with --sabotage: all turned red, as they have to), 2 usage, "
                    + "3 not finished, call it again, 4 a seeded bug was not found."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int BROKEN = 1;
    private static final int UNFINISHED = 3;
    private static final int VOID = 4;

    @Parameters(index = "0", paramLabel = "SUITE", description = "reliability or security")
    private String suite = "";

    @Parameters(index = "1..*", paramLabel = "BAR", description = "such as R1; all of the suite where none is named")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--short", description = "the short form, as every test run has it")
    private boolean shortForm;

    @Option(names = "--sabotage", description = "switch a seeded bug on: the bar has to turn red")
    private boolean sabotage;

    @Option(
            names = "--minutes",
            description = "how long a call may take (default: ${DEFAULT-VALUE})",
            defaultValue = "9")
    private int minutes;

    @Option(
            names = "--reports",
            description = "folder of the reports (default: ${DEFAULT-VALUE})",
            defaultValue = "docs/verification")
    private Path reports = Path.of("docs", "verification");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Map<String, List<Bar>> suites;

    /** @param suites the bars there are, by suite */
    VerifyCommand(Map<String, List<Bar>> suites) {
        this.suites = suites;
    }

    @Override
    public Integer call() throws Exception {
        List<Bar> bars = bars();
        return sabotage ? sabotaged(bars) : verified(bars);
    }

    private List<Bar> bars() {
        List<Bar> all = suites.get(suite);
        if (all == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "SUITE: one of " + new TreeSet<>(suites.keySet()) + " is expected, got '" + suite + "'");
        }
        List<String> known = all.stream().map(Bar::id).toList();
        List<String> wanted =
                ids.stream().map(id -> id.toUpperCase(Locale.ROOT)).toList();
        wanted.stream().filter(id -> !known.contains(id)).findFirst().ifPresent(id -> {
            throw new ParameterException(spec.commandLine(), "BAR: one of " + known + " is expected, got '" + id + "'");
        });
        List<Bar> bars = all.stream()
                .filter(bar -> wanted.isEmpty() || wanted.contains(bar.id()))
                .toList();
        if (bars.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "there is no bar of " + suite + " yet");
        }
        return bars;
    }

    private int sabotaged(List<Bar> bars) throws Exception {
        boolean red = true;
        for (Bar bar : bars) {
            red &= runner(bar).turnsRed();
        }
        return red ? BROKEN : VOID;
    }

    private int verified(List<Bar> bars) throws Exception {
        Form form = shortForm ? Form.SHORT : Form.LONG;
        long until = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        List<BarRunner.Verdict> verdicts = new ArrayList<>();
        for (Bar bar : notYetDone(bars, form)) {
            Duration left = Duration.ofNanos(until - System.nanoTime());
            if (left.isNegative()) {
                verdicts.add(BarRunner.Verdict.UNFINISHED);
                continue;
            }
            verdicts.add(runner(bar).run(form, new Report(reports, suite, bar), left));
        }
        if (verdicts.contains(BarRunner.Verdict.BROKEN)) {
            return BROKEN;
        }
        return verdicts.contains(BarRunner.Verdict.UNFINISHED) ? UNFINISHED : 0;
    }

    /** Those that were completed fewer times than others: so calls that run out of time get through all of them. */
    private List<Bar> notYetDone(List<Bar> bars, Form form) throws Exception {
        List<Integer> completed = new ArrayList<>();
        for (Bar bar : bars) {
            completed.add(new Report(reports, suite, bar).tally(form).completed());
        }
        int most = completed.stream().mapToInt(times -> times).max().orElse(0);
        List<Bar> behind = new ArrayList<>();
        for (int i = 0; i < bars.size(); i++) {
            if (completed.get(i) < most) {
                behind.add(bars.get(i));
            }
        }
        return behind.isEmpty() ? bars : behind;
    }

    private static BarRunner runner(Bar bar) {
        return new BarRunner(bar, System.out::println);
    }
}
