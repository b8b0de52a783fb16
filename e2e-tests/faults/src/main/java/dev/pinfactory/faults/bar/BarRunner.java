package dev.pinfactory.faults.bar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs the rounds of a bar that are still to do, as far as the time goes. */
final class BarRunner {
    private static final int SHOWN_FAILURES = 5;

    private final Bar bar;
    private final Consumer<String> progress;

    BarRunner(Bar bar, Consumer<String> progress) {
        this.bar = bar;
        this.progress = line -> progress.accept(bar.id() + "  " + line);
    }

    /** What a bar came to in one call. */
    enum Verdict {
        HOLDS,
        BROKEN,
        /** No failure so far, and rounds are left. */
        UNFINISHED
    }

    /** Goes on with a form until it is complete, broken, or there is no time for another round. Each round is kept as soon as it is over. */
    Verdict run(Form form, Report report, Duration atMost) throws Exception {
        long until = System.nanoTime() + atMost.toNanos();
        Tally tally = report.tally(form);
        long longest = 0;
        Path folder = Files.createTempDirectory("verify-" + bar.id());
        progress.accept(bar.title());
        try (Trial trial = bar.start(new Bar.Setting(form, false, folder, tally.parts()))) {
            while (tally.rounds() < bar.rounds(form)) {
                long begin = System.nanoTime();
                if (begin + longest > until) {
                    return unfinished(form, tally);
                }
                Trial.Outcome outcome = round(trial);
                longest = Math.max(longest, System.nanoTime() - begin);
                tally = tally.plus(outcome);
                say(form, tally, outcome);
                boolean complete = tally.rounds() == bar.rounds(form);
                report.write(form, complete ? tally.complete() : tally);
                if (!outcome.failures().isEmpty()) {
                    return Verdict.BROKEN;
                }
            }
            progress.accept("HOLDS: %d %s, %d failures ever, at most %s"
                    .formatted(tally.tries(), bar.unit(), tally.failures(), Report.bound(tally)));
            return Verdict.HOLDS;
        } finally {
            delete(folder);
        }
    }

    /** A round that breaks off counts for nothing, and the bar does not hold. */
    private static Trial.Outcome round(Trial trial) throws InterruptedException {
        int seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        try {
            return trial.round(seed);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return new Trial.Outcome(0, List.of("the round with seed " + seed + " broke off: " + e), "");
        }
    }

    private Verdict unfinished(Form form, Tally tally) {
        progress.accept(
                "not finished: %d of %d rounds; the next call goes on".formatted(tally.rounds(), bar.rounds(form)));
        return Verdict.UNFINISHED;
    }

    private void say(Form form, Tally tally, Trial.Outcome outcome) {
        progress.accept("round %d of %d: %d %s, %s. %s"
                .formatted(
                        tally.rounds(),
                        bar.rounds(form),
                        outcome.tries(),
                        bar.unit(),
                        outcome.failures().isEmpty()
                                ? "no failure"
                                : outcome.failures().size() + " FAILURES",
                        outcome.remark()));
        outcome.failures().stream().limit(SHOWN_FAILURES).forEach(failure -> progress.accept("  " + failure));
    }

    /** The short form with the seeded bug, until it is found. True when it was: the bar can see what it promises. */
    boolean turnsRed() throws Exception {
        Path folder = Files.createTempDirectory("verify-" + bar.id());
        progress.accept("sabotaged: " + bar.sabotage());
        try (Trial trial = bar.start(new Bar.Setting(Form.SHORT, true, folder, Map.of()))) {
            for (int round = 1; round <= bar.rounds(Form.SHORT); round++) {
                Trial.Outcome outcome = trial.round(round);
                if (!outcome.failures().isEmpty()) {
                    progress.accept(
                            "RED, as it has to be: " + outcome.failures().getFirst());
                    return true;
                }
            }
            progress.accept("VOID: the seeded bug was not found");
            return false;
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                // A process that was killed may hold a file for a moment; what stays is in the system's temporary
                // folder.
                path.toFile().delete();
            }
        }
    }
}
