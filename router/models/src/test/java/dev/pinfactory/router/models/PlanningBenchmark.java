package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.router.planner.EncoderPlanner;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.Planner;
import dev.pinfactory.router.planner.PlanningRequest;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How long plans take, how many two threads make, and what memory the process takes: every instruction is new, so that neither a plan nor a vector is
 * remembered. To be run by hand; see docs/router.md.
 */
final class PlanningBenchmark {
    private static final long SEED = 5;
    private static final int WARM_UP = 300;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Planner planner;

    private PlanningBenchmark(Planner planner) {
        this.planner = planner;
    }

    /** One plan: milliseconds by the clock and of processor time, and its steps. */
    private record Timed(double clock, double processor, int steps) {}

    /** @param arguments number of plans, of cards, of characters of an instruction (0 for five clauses), and of threads; a router's folder, or nothing for the shipped one */
    public static void main(String[] arguments) throws Exception {
        int plans = Integer.parseInt(arguments[0]);
        int cards = Integer.parseInt(arguments[1]);
        int characters = Integer.parseInt(arguments[2]);
        int threads = Integer.parseInt(arguments[3]);
        RouterModels models = arguments[4].isEmpty()
                ? RouterModels.shipped(SentenceEncoder.shared())
                : RouterModels.read(Path.of(arguments[4]), SentenceEncoder.shared());
        Contracts contracts = MadeUpRequests.contracts(cards);
        models.prepare(contracts);
        PlanningBenchmark benchmark =
                new PlanningBenchmark(new EncoderPlanner(models.plannerModels(), Clock.systemUTC()));
        benchmark.run(new MadeUpRequests(contracts, characters, SEED - 1), Math.min(plans, WARM_UP));

        List<MadeUpRequests> requests = Stream.iterate(SEED, seed -> seed + 1)
                .limit(threads)
                .map(seed -> new MadeUpRequests(contracts, characters, seed))
                .toList();
        long start = System.nanoTime();
        List<Timed> timed = benchmark.run(requests, plans / threads);
        double seconds = (System.nanoTime() - start) / 1e9;

        System.out.printf(
                Locale.ROOT,
                "seed %d: %d plans of %s over %d cards, %.1f steps each, by %d threads: %.1f plans a second%n",
                SEED,
                timed.size(),
                characters == 0 ? "five clauses" : characters + " characters",
                contracts.size(),
                timed.stream().mapToInt(Timed::steps).average().orElseThrow(),
                threads,
                timed.size() / seconds);
        print("by the clock", timed, Timed::clock);
        print("processor", timed, Timed::processor);
        System.out.println(resident());
    }

    private List<Timed> run(List<MadeUpRequests> requests, int plansEach) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(requests.size())) {
            List<Future<List<Timed>>> running = requests.stream()
                    .map(own -> pool.submit(() -> run(own, plansEach)))
                    .toList();
            List<Timed> all = new ArrayList<>();
            for (Future<List<Timed>> one : running) {
                all.addAll(one.get());
            }
            return all;
        }
    }

    private List<Timed> run(MadeUpRequests requests, int plans) {
        List<Timed> timed = new ArrayList<>();
        for (int i = 0; i < plans; i++) {
            PlanningRequest request = requests.next();
            long processor = THREADS.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            int steps = planner.plan(request) instanceof Planned planned
                    ? planned.plan().getStepsCount()
                    : 0;
            double clock = (System.nanoTime() - start) / 1e6;
            timed.add(new Timed(clock, (THREADS.getCurrentThreadCpuTime() - processor) / 1e6, steps));
        }
        return timed;
    }

    private static void print(String what, List<Timed> timed, ToDoubleFunction<Timed> milliseconds) {
        double[] sorted = timed.stream().mapToDouble(milliseconds).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-12s p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, p99.9 %.1f ms%n",
                what,
                at(sorted, 0.5),
                at(sorted, 0.9),
                at(sorted, 0.99),
                at(sorted, 0.999));
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }

    /** What the system says of the process: memory that it has, and the most that it had. */
    private static String resident() throws Exception {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "this system does not tell how much memory the process has";
        }
        return String.join(
                ", ",
                Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
                        .map(line -> line.replaceAll("\\s+", " "))
                        .toList());
    }
}
