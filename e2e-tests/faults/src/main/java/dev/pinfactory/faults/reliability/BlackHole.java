package dev.pinfactory.faults.reliability;

import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.swarm.HoledSwarm;
import dev.pinfactory.faults.swarm.PartialCalls;
import dev.pinfactory.faults.swarm.RunCalls;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import dev.pinfactory.load.Answer;
import dev.pinfactory.load.Measured;
import dev.pinfactory.load.OpenLoop;
import dev.pinfactory.load.Stalls;
import dev.pinfactory.orchestrator.service.dispatch.EndpointGuards;
import dev.pinfactory.orchestrator.service.task.Admission;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * R11: one specialist's network accepts connections and answers nothing. Beside each other run tasks that do not need it and tasks of which one half does; the same load with
 * and without the black hole, in turns. The short form looks at structure and shows the times; the long one compares them, which wants a quiet machine.
 */
public final class BlackHole implements Bar {
    @Override
    public String id() {
        return "R11";
    }

    @Override
    public String title() {
        return "a specialist that accepts connections and answers nothing costs others nothing";
    }

    @Override
    public String unit() {
        return "tasks beside a black hole";
    }

    @Override
    public String sabotage() {
        return "breakers never open, and nobody is asked whether it is there";
    }

    @Override
    public int rounds(Form form) {
        return 1;
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Holes(setting);
    }

    private static final class Holes implements Trial {
        private static final Duration TASK = Duration.ofMillis(1_500);
        private static final Duration LATE_ANSWER = Duration.ofMillis(50);
        private static final int BESIDE_OTHERS = 5;
        private static final int MOST_FAILURES = 5;
        private static final double MUCH_SLOWER = 1.10;
        private static final int MORE_THREADS = 16;
        private static final long MORE_HEAP = 32L << 20;
        private static final int MEGABYTE = 20;
        private static final Duration HEALED = Duration.ofSeconds(40);
        private static final int HALVES_PER_SECOND = 5;

        private final boolean strict;
        private final int pairs;
        private final double perSecond;
        private final HoledSwarm swarm;
        private final TestedOrchestrator orchestrator;
        private final BreakerWatch breakers;

        private Holes(Setting setting) throws IOException {
            strict = setting.form() == Form.LONG;
            pairs = strict ? 5 : 1;
            perSecond = strict ? 340 : 60;
            swarm = new HoledSwarm();
            List<String> properties = new ArrayList<>(List.of(
                    "pinfactory.orchestrator.registry-address=" + swarm.registryAddress(),
                    // What this machine does besides must not be taken for a crowd.
                    "pinfactory.orchestrator.admission.min-concurrency=16"));
            if (setting.sabotage()) {
                properties.add("pinfactory.orchestrator.dispatch.breaker-window=100000");
                properties.add("pinfactory.orchestrator.dispatch.breaker-minimum=100000");
                properties.add("pinfactory.orchestrator.dispatch.probe-after=1h");
            }
            orchestrator = TestedOrchestrator.start(setting.folder(), properties);
            breakers = new BreakerWatch(orchestrator.bean(EndpointGuards.class).breakers(), swarm.holed());
        }

        @Override
        public Outcome round(long seed) throws Exception {
            List<String> failures = new ArrayList<>();
            List<Measured> without = new ArrayList<>();
            List<Measured> within = new ArrayList<>();
            String bounds = "";
            warmUp(seed);
            try (Stalls stalls = new Stalls();
                    RunCalls others = new RunCalls(orchestrator.address());
                    PartialCalls halves = new PartialCalls(
                            orchestrator.address(),
                            TASK,
                            strict ? LATE_ANSWER : LATE_ANSWER.multipliedBy(BESIDE_OTHERS),
                            stalls)) {
                for (int pair = 0; pair < pairs; pair++) {
                    without.add(load(others, halves, seconds(6), seed + pair));
                    Bounds before = Bounds.now();
                    int partial = halves.partial();
                    swarm.swallow();
                    try (Crowd crowd = new Crowd(orchestrator.bean(Admission.class))) {
                        Measured beside = load(others, halves, seconds(14), seed + pair);
                        within.add(beside);
                        bounds = before.compared(Bounds.now(), crowd.most(), failures);
                        structure(beside, halves.partial() - partial, failures);
                    } finally {
                        swarm.heal();
                    }
                    if (!answersAgain(halves)) {
                        failures.add(HEALED + " after the network healed there is no complete result");
                    }
                }
                failures.addAll(halves.wrong());
            }
            String times = compared(without, within, failures);
            long tries = within.stream()
                    .mapToLong(measured -> measured.count(Answer.GOOD) + measured.count(Answer.FAILED))
                    .sum();
            return new Outcome(tries, failures, times + ". " + bounds + ". By nft ... drop: " + nft());
        }

        /** What is used for the first time takes longer than anybody has. */
        private void warmUp(long seed) throws Exception {
            try (Stalls stalls = new Stalls();
                    RunCalls others = new RunCalls(orchestrator.address());
                    PartialCalls halves = new PartialCalls(orchestrator.address(), TASK, TASK, stalls)) {
                load(others, halves, Duration.ofSeconds(strict ? 10 : 5), seed);
            }
        }

        private Duration seconds(int inShort) {
            return Duration.ofSeconds(strict ? 30 : inShort);
        }

        /** What the tasks that do not need the specialist met. */
        private Measured load(RunCalls others, PartialCalls halves, Duration length, long seed) throws Exception {
            CompletableFuture<Measured> beside = new CompletableFuture<>();
            Thread.startVirtualThread(() -> {
                try {
                    beside.complete(new OpenLoop(HALVES_PER_SECOND, length, seed).run(halves::send));
                } catch (InterruptedException | RuntimeException e) {
                    beside.completeExceptionally(e);
                }
            });
            Measured measured = new OpenLoop(perSecond, length, seed).run(others::send);
            beside.get();
            return measured;
        }

        private void structure(Measured beside, int partial, List<String> failures) {
            if (beside.count(Answer.FAILED) + beside.count(Answer.REFUSED) > 0) {
                failures.add("tasks that do not need the specialist were failed or refused: " + beside);
            }
            if (partial == 0) {
                failures.add("no task met the black hole: this says nothing");
            }
            OptionalInt opened = breakers.failuresBeforeOpen();
            if (opened.isEmpty()) {
                failures.add("the breaker did not open");
            } else if (opened.getAsInt() > MOST_FAILURES) {
                failures.add("the breaker opened after " + opened.getAsInt() + " failures in a row");
            }
        }

        private static boolean answersAgain(PartialCalls halves) throws Exception {
            long until = System.nanoTime() + HEALED.toNanos();
            while (System.nanoTime() < until) {
                if (halves.send().toCompletableFuture().get() == Answer.GOOD) {
                    return true;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
            return false;
        }

        /** Medians of p99 of the pairs, and of each run without the black hole with the next such run: what the machine does by itself. */
        private String compared(List<Measured> without, List<Measured> within, List<String> failures) {
            double[] ratios = new double[without.size()];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = p99(within.get(i)) / p99(without.get(i));
            }
            double ratio = median(ratios);
            double[] same = new double[Math.max(0, without.size() - 1)];
            for (int i = 0; i < same.length; i++) {
                double next = p99(without.get(i + 1)) / p99(without.get(i));
                same[i] = Math.max(next, 1 / next);
            }
            String aside = same.length == 0 ? "not compared" : String.format(Locale.ROOT, "%.2f", median(same));
            if (strict && median(same) > MUCH_SLOWER) {
                failures.add("void, run it on a quiet machine: p99 without a black hole differs by " + aside);
            } else if (strict && ratio > MUCH_SLOWER) {
                failures.add(String.format(Locale.ROOT, "p99 beside the black hole is %.2f times as long", ratio));
            }
            return String.format(
                    Locale.ROOT,
                    "p99 beside the black hole %.2f times that without (%d pairs; runs without among each other: %s); without: %s; beside: %s",
                    ratio,
                    ratios.length,
                    aside,
                    without.getLast(),
                    within.getLast());
        }

        private static double p99(Measured measured) {
            return measured.p99(Answer.GOOD);
        }

        private static double median(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return sorted.length == 0 ? 1 : sorted[sorted.length / 2];
        }

        /** The other way to make a black hole, in the kernel. */
        private static String nft() {
            try {
                Process nft = new ProcessBuilder("nft", "--version")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                nft.waitFor();
                return "skipped, the processes of this bar have no network namespace of their own";
            } catch (IOException e) {
                return "skipped, there is no nft on this machine";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "skipped, interrupted";
            }
        }

        @Override
        public void close() throws IOException {
            orchestrator.close();
            swarm.close();
        }

        /**
         * What must not grow.
         *
         * @param threads of the platform; those of calls are virtual, and bounded by the places
         * @param heap bytes that live
         */
        private record Bounds(int threads, long heap) {
            private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

            private static Bounds now() {
                System.gc();
                return new Bounds(
                        THREADS.getThreadCount(),
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }

            private String compared(Bounds after, int mostTasks, List<String> failures) {
                if (after.threads > threads + MORE_THREADS) {
                    failures.add("threads grew from " + threads + " to " + after.threads);
                }
                if (after.heap > heap + MORE_HEAP) {
                    failures.add(
                            "the heap grew from " + (heap >> MEGABYTE) + " to " + (after.heap >> MEGABYTE) + " MB");
                }
                return "%d threads before, %d after; heap %d and %d MB; at most %d tasks at a time"
                        .formatted(threads, after.threads, heap >> MEGABYTE, after.heap >> MEGABYTE, mostTasks);
            }
        }

        /** The most tasks that ran or waited at a time. */
        private static final class Crowd implements AutoCloseable {
            private static final Duration EACH = Duration.ofMillis(20);

            private final AtomicInteger most = new AtomicInteger();
            private final Thread thread;

            private Crowd(Admission admission) {
                thread = Thread.startVirtualThread(() -> {
                    try {
                        while (true) {
                            most.accumulateAndGet(admission.running() + admission.waiting(), Math::max);
                            TimeUnit.NANOSECONDS.sleep(EACH.toNanos());
                        }
                    } catch (InterruptedException e) {
                        // Enough was seen.
                    }
                });
            }

            private int most() {
                return most.get();
            }

            @Override
            public void close() {
                thread.interrupt();
            }
        }
    }
}
