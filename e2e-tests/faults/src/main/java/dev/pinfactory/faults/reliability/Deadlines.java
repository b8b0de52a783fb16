package dev.pinfactory.faults.reliability;

import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.swarm.HurriedCall;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import dev.pinfactory.faults.swarm.TimeLeft;
import dev.pinfactory.faults.swarm.WorkingSpecialist;
import dev.pinfactory.load.Stalls;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * R13: calls with 200 ms, and some with less, of a specialist that works for shorter or much longer; some callers hang up in between. What is left is noted where the call
 * is made, where it reaches the orchestrator, where it reaches the specialist's host, and where the model could ask somebody else (an adapter its model server). What the
 * machine's other users take, as {@link Stalls} sees it, is added to what is allowed. The short form runs beside
 * other tests: it allows five times as much, and a few that are later still.
 */
public final class Deadlines implements Bar {
    @Override
    public String id() {
        return "R13";
    }

    @Override
    public String title() {
        return "deadline and cancel: less time at every hop, an answer in time, nothing computed for nobody, no call without time";
    }

    @Override
    public String unit() {
        return "calls";
    }

    @Override
    public String sabotage() {
        return "the specialist's server forgets who waits and until when";
    }

    @Override
    public int rounds(Form form) {
        return switch (form) {
            case SHORT -> 1;
            case LONG -> 10;
        };
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Hurries(setting);
    }

    private static final class Hurries implements Trial {
        private static final int LANES = 16;
        private static final Duration LATE_ANSWER = Duration.ofMillis(50);
        private static final Duration LATE_END = Duration.ofMillis(100);
        private static final Duration LATE_START = Duration.ofMillis(20);
        private static final int BESIDE_OTHERS = 5;
        private static final double FEW = 0.1;
        private static final Duration PATIENCE = Duration.ofSeconds(5);

        private final int tries;
        private final int warmUp;
        private final int times;
        private final double few;
        private final WorkingSpecialist specialist;
        private final TimeLeft atOrchestrator = new TimeLeft();
        private final TestedOrchestrator orchestrator;
        private final List<ManagedChannel> channels;

        private Hurries(Setting setting) throws IOException {
            tries = setting.form() == Form.SHORT ? 600 : 1_000;
            warmUp = setting.form() == Form.SHORT ? 160 : 1_500;
            times = setting.form() == Form.SHORT ? BESIDE_OTHERS : 1;
            few = setting.form() == Form.SHORT ? FEW : 0;
            specialist = new WorkingSpecialist(setting.sabotage());
            orchestrator = TestedOrchestrator.start(
                    setting.folder(),
                    atOrchestrator,
                    List.of(
                            "pinfactory.orchestrator.registry-address=" + specialist.address(),
                            "pinfactory.orchestrator.admission.min-concurrency=64",
                            // Most calls are late here: that is no reason not to make the next one.
                            "pinfactory.orchestrator.dispatch.breaker-failure-percent=100",
                            "pinfactory.orchestrator.dispatch.breaker-window=1000",
                            "pinfactory.orchestrator.dispatch.breaker-minimum=1000"));
            channels = IntStream.range(0, LANES)
                    .mapToObj(i -> Grpc.newChannelBuilder(orchestrator.address(), InsecureChannelCredentials.create())
                            .build())
                    .toList();
        }

        @Override
        public Outcome round(long seed) throws Exception {
            warmUp();
            Queue<HurriedCall> calls = new ConcurrentLinkedQueue<>();
            try (Stalls stalls = new Stalls()) {
                inLanes((lane, i) -> calls.add(HurriedCall.make(channels.get(lane), seed, i)), tries);
                awaitNobodyAtWork();
                return judge(calls, stalls);
            }
        }

        /** Connections and code that is used for the first time take longer than anybody has. */
        private void warmUp() throws Exception {
            inLanes((lane, i) -> HurriedCall.make(channels.get(lane), i, i), warmUp);
            awaitNobodyAtWork();
            specialist.forget();
            atOrchestrator.clear();
        }

        /** What one lane does for one number. */
        private interface Step {
            void run(int lane, int i) throws InterruptedException;
        }

        private static void inLanes(Step step, int count) throws Exception {
            AtomicInteger next = new AtomicInteger();
            try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
                var all = IntStream.range(0, LANES)
                        .mapToObj(lane -> lanes.submit(() -> {
                            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                                step.run(lane, i);
                            }
                            return lane;
                        }))
                        .toList();
                for (var one : all) {
                    one.get();
                }
            }
        }

        private void awaitNobodyAtWork() throws InterruptedException {
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (specialist.alive() > 0 && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }

        private Outcome judge(Queue<HurriedCall> calls, Stalls stalls) {
            List<String> failures = new ArrayList<>();
            List<String> late = new ArrayList<>();
            Worst answer = new Worst();
            Worst end = new Worst();
            int complete = 0;
            int worked = 0;
            for (HurriedCall call : calls) {
                complete += call.complete() ? 1 : 0;
                if (!call.typed()) {
                    failures.add(call.text() + " ended untyped: " + call.ending());
                }
                hops(call, failures);
                if (!call.cancelled()) {
                    long due = call.begin() + call.allowed().toNanos();
                    answer.note(call, due, call.end(), LATE_ANSWER.multipliedBy(times), stalls, "was answered", late);
                }
                WorkingSpecialist.Work work = specialist.work(call.text());
                if (work == null) {
                    continue;
                }
                worked++;
                if (work.end().isEmpty()) {
                    failures.add(call.text() + " (" + call.ending() + ") is worked on without end");
                    continue;
                }
                if (work.left().plus(LATE_START.multipliedBy(times)).isNegative()) {
                    late.add(call.text() + " was begun " + work.left().abs().toMillis() + " ms after its deadline");
                }
                end.note(
                        call,
                        call.end(),
                        work.end().get(),
                        LATE_END.multipliedBy(times),
                        stalls,
                        "was worked on",
                        late);
            }
            if (specialist.timeLeft().without() > 0) {
                failures.add(specialist.timeLeft().without() + " calls reached the specialist without any time");
            }
            if (late.size() > few * calls.size()) {
                failures.addAll(late);
            }
            String remark = String.format(
                    Locale.ROOT,
                    "%d calls complete, %d reached the model; the latest answer %d ms after its deadline, the longest work %d ms after nobody waited; "
                            + "%d calls were allowed more because the machine stood still, %d were later still",
                    complete,
                    worked,
                    answer.millis(),
                    end.millis(),
                    answer.excused + end.excused,
                    late.size());
            return new Outcome(calls.size(), failures, remark);
        }

        private void hops(HurriedCall call, List<String> failures) {
            WorkingSpecialist.Work work = specialist.work(call.text());
            if (call.byTask()) {
                // The task's own time limit begins where it is read.
                return;
            }
            List<Duration> left = Stream.of(
                            Optional.of(call.allowed()),
                            atOrchestrator.of(call.text()),
                            specialist.timeLeft().of(call.text()),
                            Optional.ofNullable(work).map(WorkingSpecialist.Work::askable))
                    .flatMap(Optional::stream)
                    .toList();
            for (int i = 1; i < left.size(); i++) {
                if (left.get(i).compareTo(left.get(i - 1)) >= 0 && left.get(i).isPositive()) {
                    failures.add(call.text() + " had no less time at the next hop: " + left);
                    return;
                }
            }
        }

        @Override
        public void close() {
            channels.forEach(ManagedChannel::shutdownNow);
            orchestrator.close();
            specialist.close();
        }
    }

    /** The latest of what may be late by a moment. */
    private static final class Worst {
        private long nanos;
        private int excused;

        private void note(
                HurriedCall call, long due, long at, Duration allowed, Stalls stalls, String what, List<String> late) {
            long nanosLate = at - due;
            if (nanosLate <= allowed.toNanos()) {
                nanos = Math.max(nanos, nanosLate);
            } else if (nanosLate
                    <= allowed.plus(stalls.between(call.begin(), at)).toNanos()) {
                excused++;
            } else {
                late.add(call.text() + " (" + call.ending() + ") " + what + " "
                        + TimeUnit.NANOSECONDS.toMillis(nanosLate) + " ms after that");
            }
        }

        private long millis() {
            return TimeUnit.NANOSECONDS.toMillis(nanos);
        }
    }
}
