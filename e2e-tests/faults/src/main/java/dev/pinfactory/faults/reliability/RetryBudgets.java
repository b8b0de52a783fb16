package dev.pinfactory.faults.reliability;

import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.swarm.EchoSpecialist;
import dev.pinfactory.faults.swarm.RunCalls;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import dev.pinfactory.load.OpenLoop;
import dev.pinfactory.proto.v1.InferRequest;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * R14: a specialist fails every call. What it is called is counted at the specialist, so that every layer's retries are in it. It fails in two ways: by refusing, so that
 * no breaker opens and the budget is all that keeps callers away, and by being unavailable. In a third round there is no budget, and it fails all callers of a second
 * at once, at the full second: their retries must not come back together.
 */
public final class RetryBudgets implements Bar {
    @Override
    public String id() {
        return "R14";
    }

    @Override
    public String title() {
        return "a specialist that fails every call is called at most 1.10 times as often, and retries are spread";
    }

    @Override
    public String unit() {
        return "calls";
    }

    @Override
    public String sabotage() {
        return "there is no retry budget";
    }

    @Override
    public int rounds(Form form) {
        return switch (form) {
            case SHORT -> Ways.values().length;
            case LONG -> 4 * Ways.values().length;
        };
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Failures(setting);
    }

    /** How it fails. */
    private enum Ways {
        REFUSES,
        IS_UNAVAILABLE,
        FAILS_ALL_AT_ONCE
    }

    /** @param task that it was made for */
    private record Call(String task, long at) {}

    private static final class Failures implements Trial {
        private static final int PER_SECOND = 80;
        private static final double MOST = 1.10;
        /** Of the tasks, that have to reach the specialist for a round to say anything. */
        private static final double REACHED = 0.9;

        private static final Duration WARM_UP = Duration.ofSeconds(3);
        private static final int BUCKETS = 10;
        private static final long TICK = TimeUnit.SECONDS.toNanos(1);
        private static final double HIGHEST_BUCKET = 2;

        private final Duration length;
        private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
        private final EchoSpecialist twice;
        private final EchoSpecialist once;
        private final TestedOrchestrator thrifty;
        private final TestedOrchestrator lavish;
        private volatile Status failure = Status.OK;
        private int rounds;

        private Failures(Setting setting) throws IOException {
            length = Duration.ofSeconds(setting.form() == Form.SHORT ? 7 : 30);
            twice = new EchoSpecialist(this::failAtOnce, 2);
            once = new EchoSpecialist(this::failAtTheTick);
            thrifty = start(setting, "thrifty", twice, setting.sabotage());
            lavish = start(setting, "lavish", once, true);
        }

        private static TestedOrchestrator start(
                Setting setting, String name, EchoSpecialist specialist, boolean withoutBudget) {
            List<String> properties = new ArrayList<>(List.of(
                    "pinfactory.orchestrator.registry-address=" + specialist.address(),
                    "pinfactory.orchestrator.admission.min-concurrency=1000",
                    "pinfactory.orchestrator.admission.concurrency=1000",
                    "pinfactory.orchestrator.dispatch.concurrency-per-endpoint=1000"));
            if (withoutBudget) {
                properties.add("pinfactory.orchestrator.dispatch.retry-share=1000");
                properties.add("pinfactory.orchestrator.dispatch.retry-burst=1000000");
            }
            return TestedOrchestrator.start(setting.folder().resolve(name), properties);
        }

        private String failAtOnce(InferRequest request) {
            calls.add(new Call(request.getContext().getTaskId(), System.nanoTime()));
            if (failure.isOk()) {
                return EchoSpecialist.echo(request);
            }
            throw failure.asRuntimeException();
        }

        private String failAtTheTick(InferRequest request) {
            long now = System.nanoTime();
            calls.add(new Call(request.getContext().getTaskId(), now));
            try {
                TimeUnit.NANOSECONDS.sleep(TICK - Math.floorMod(now, TICK));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw Status.RESOURCE_EXHAUSTED.asRuntimeException();
        }

        @Override
        public Outcome round(long seed) throws Exception {
            Ways way = Ways.values()[rounds++ % Ways.values().length];
            calls.clear();
            return switch (way) {
                case REFUSES -> budget(way, Status.RESOURCE_EXHAUSTED, seed);
                case IS_UNAVAILABLE -> budget(way, Status.UNAVAILABLE, seed);
                case FAILS_ALL_AT_ONCE -> spread(seed);
            };
        }

        /** Calls after the first second, for each that would have been made then if none had failed: a slow start may hold some tasks of the first second back. */
        private Outcome budget(Ways way, Status status, long seed) throws InterruptedException {
            // What is used for the first time takes longer, and breakers that are open from the last round close.
            failure = Status.OK;
            load(thrifty, WARM_UP, seed, 0);
            calls.clear();
            failure = status;
            long begin = System.nanoTime();
            long tasks = load(thrifty, length, seed, begin + TICK);
            Set<String> before = new HashSet<>();
            Set<String> reached = new HashSet<>();
            int counted = 0;
            for (Call call : calls) {
                if (call.at() <= begin + TICK) {
                    before.add(call.task());
                    continue;
                }
                counted++;
                if (!before.contains(call.task())) {
                    reached.add(call.task());
                }
            }
            double times = counted / (double) Math.max(tasks, reached.size());
            List<String> failures = new ArrayList<>();
            if (times > MOST) {
                failures.add(String.format(
                        Locale.ROOT, "%s: %d calls for %d tasks, %.2f times as many", way, counted, tasks, times));
            }
            if (way == Ways.REFUSES && reached.size() < REACHED * tasks) {
                failures.add(
                        "only " + reached.size() + " of " + tasks + " tasks reached the specialist: this says nothing");
            }
            String remark = String.format(
                    Locale.ROOT,
                    "%s: %d calls for %d tasks after the first second, %.3f times as many",
                    way,
                    counted,
                    tasks,
                    times);
            return new Outcome(tasks, failures, remark);
        }

        private long load(TestedOrchestrator orchestrator, Duration atMost, long seed, long from)
                throws InterruptedException {
            long[] counted = {0};
            try (RunCalls callers = new RunCalls(orchestrator.address())) {
                new OpenLoop(PER_SECOND, atMost, seed).run(() -> {
                    // One thread sends.
                    counted[0] += System.nanoTime() > from ? 1 : 0;
                    return callers.send();
                });
            }
            return counted[0];
        }

        private Outcome spread(long seed) throws InterruptedException {
            long tasks = load(lavish, length, seed, 0);
            long[] buckets = new long[BUCKETS];
            Set<String> seen = new HashSet<>();
            for (Call call : calls) {
                if (!seen.add(call.task())) {
                    buckets[(int) (Math.floorMod(call.at(), TICK) * BUCKETS / TICK)]++;
                }
            }
            long retries = Arrays.stream(buckets).sum();
            double mean = retries / (double) BUCKETS;
            double highest = Arrays.stream(buckets).max().orElse(0) / mean;
            List<String> failures = new ArrayList<>();
            if (retries < tasks) {
                failures.add("only " + retries + " retries for " + tasks + " tasks: this says nothing of their times");
            }
            if (highest > HIGHEST_BUCKET) {
                failures.add(String.format(
                        Locale.ROOT,
                        "retries come together: %.1f times the mean in one tenth of a second of %s",
                        highest,
                        Arrays.toString(buckets)));
            }
            String remark = String.format(
                    Locale.ROOT,
                    "%d retries without a budget, at most %.2f times the mean in 100 ms",
                    retries,
                    highest);
            return new Outcome(retries, failures, remark);
        }

        @Override
        public void close() {
            thrifty.close();
            lavish.close();
            twice.close();
            once.close();
        }
    }
}
