package dev.pinfactory.faults.reliability;

import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.store.Sabotage;
import dev.pinfactory.faults.swarm.EchoSpecialist;
import dev.pinfactory.faults.swarm.OrchestratorProcess;
import dev.pinfactory.faults.swarm.RunCalls;
import dev.pinfactory.load.Answer;
import dev.pinfactory.load.Measured;
import dev.pinfactory.load.OpenLoop;
import dev.pinfactory.proto.v1.InferRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/** R8: far more requests than can be done, for callers who wait. What the swarm can do is bounded by its one specialist, so that the machine is not what is measured. */
public final class Overload implements Bar {
    private static final int SLOTS = 4;
    private static final int SERVICE_MILLIS = 20;
    private static final double BY_DESIGN = SLOTS * 1_000.0 / SERVICE_MILLIS;

    @Override
    public String id() {
        return "R8";
    }

    @Override
    public String title() {
        return "overload at 3 and 10 times the capacity: goodput stays, refusals are cheap and typed, and it ends with the load";
    }

    @Override
    public String unit() {
        return "overloads";
    }

    @Override
    public String sabotage() {
        return "the admission has no limits: it queues";
    }

    @Override
    public int rounds(Form form) {
        return switch (form) {
            case SHORT -> 1;
            case LONG -> 2;
        };
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Overloads(setting);
    }

    /** @param leastGoodput share of the peak that has to stay */
    private record Level(int times, double leastGoodput) {}

    private static final class Overloads implements Trial {
        private static final Level THREE = new Level(3, 0.90);
        private static final Level TEN = new Level(10, 0.85);
        private static final double WARM = 0.5;
        private static final double FULL = 1.5;
        private static final double USUAL = 0.8;
        private static final double MOST_STRETCHED = 2;
        private static final double SLOWEST_REFUSAL_MILLIS = 50;
        private static final double MUCH_SLOWER = 1.1;
        private static final Duration RECOVERY = Duration.ofSeconds(10);

        private final boolean strict;
        private final EchoSpecialist specialist;
        private final OrchestratorProcess orchestrator;

        private Overloads(Setting setting) throws IOException {
            strict = setting.form() == Form.LONG;
            Semaphore slots = new Semaphore(SLOTS);
            specialist = new EchoSpecialist(request -> busy(slots, request));
            List<String> properties =
                    new ArrayList<>(List.of("pinfactory.orchestrator.registry-address=" + specialist.address()));
            if (setting.sabotage()) {
                properties.add("pinfactory.orchestrator.admission.min-concurrency=100000");
                properties.add("pinfactory.orchestrator.admission.concurrency=100000");
                properties.add("pinfactory.orchestrator.admission.queue=1000000");
                properties.add("pinfactory.orchestrator.admission.per-tenant=1000000");
            }
            orchestrator = new OrchestratorProcess(setting.folder(), "256m", Sabotage.NONE, properties);
        }

        private static String busy(Semaphore slots, InferRequest request) {
            try {
                slots.acquire();
                Thread.sleep(SERVICE_MILLIS);
                return EchoSpecialist.echo(request);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } finally {
                slots.release();
            }
        }

        @Override
        public Outcome round(long seed) throws Exception {
            try (RunCalls calls = new RunCalls(orchestrator.address())) {
                List<String> failures = new ArrayList<>();
                List<String> remarks = new ArrayList<>();
                load(calls, WARM * BY_DESIGN, seconds(4, 10), seed);
                double peak =
                        load(calls, FULL * BY_DESIGN, seconds(5, 20), seed).goodput();
                pause(strict ? RECOVERY : Duration.ofSeconds(2));
                Measured usual = load(calls, USUAL * peak, seconds(6, 40), seed);
                remarks.add(String.format(Locale.ROOT, "peak %.0f a second; at 80 %%: %s", peak, usual));
                for (Level level : strict ? List.of(THREE, TEN) : List.of(THREE)) {
                    Measured crowded = load(calls, level.times() * peak, seconds(10, 60), seed);
                    check(level, crowded, peak, usual, failures);
                    Measured settling = load(calls, USUAL * peak, RECOVERY, seed);
                    Measured after = load(calls, USUAL * peak, seconds(4, 40), seed);
                    remarks.add("at %d times: %s; just after: %s; 10 s later: %s"
                            .formatted(level.times(), crowded, settling, after));
                    if (after.count(Answer.FAILED) + after.count(Answer.REFUSED) > after.count(Answer.GOOD) / 100) {
                        failures.add("10 s after the overload of " + level.times() + " times, still: " + after);
                    }
                    if (strict && after.p99(Answer.GOOD) > MUCH_SLOWER * usual.p99(Answer.GOOD)) {
                        failures.add("10 s after the overload of %d times p99 is %.0f ms, was %.0f ms"
                                .formatted(level.times(), after.p99(Answer.GOOD), usual.p99(Answer.GOOD)));
                    }
                }
                calls.untyped()
                        .forEach(refusal -> failures.add("a refusal without saying when to come again: " + refusal));
                if (orchestrator.log().contains("OutOfMemoryError")) {
                    failures.add("the orchestrator ran out of memory");
                }
                return new Outcome(strict ? 2 : 1, failures, String.join(". ", remarks));
            }
        }

        private void check(Level level, Measured crowded, double peak, Measured usual, List<String> failures) {
            String at = "at " + level.times() + " times the capacity ";
            if (crowded.count(Answer.REFUSED) == 0) {
                failures.add(at + "nothing was refused: " + crowded);
            }
            if (crowded.count(Answer.FAILED) > 0) {
                failures.add(at + crowded.count(Answer.FAILED) + " calls were neither done nor refused");
            }
            if (!strict) {
                return;
            }
            if (crowded.goodput() < level.leastGoodput() * peak) {
                failures.add(at
                        + "goodput is %.2f of the peak, at least %.2f is promised"
                                .formatted(crowded.goodput() / peak, level.leastGoodput()));
            }
            if (crowded.p99(Answer.GOOD) > MOST_STRETCHED * usual.p99(Answer.GOOD)) {
                failures.add(at
                        + "p99 is %.0f ms, at 80 %% it is %.0f ms"
                                .formatted(crowded.p99(Answer.GOOD), usual.p99(Answer.GOOD)));
            }
            if (crowded.p99(Answer.REFUSED) > SLOWEST_REFUSAL_MILLIS) {
                failures.add(at + "p99 of refusals is %.0f ms".formatted(crowded.p99(Answer.REFUSED)));
            }
        }

        private Duration seconds(int inShort, int inLong) {
            return Duration.ofSeconds(strict ? inLong : inShort);
        }

        private static Measured load(RunCalls calls, double perSecond, Duration length, long seed)
                throws InterruptedException {
            return new OpenLoop(perSecond, length, seed).run(calls::send);
        }

        private static void pause(Duration time) throws InterruptedException {
            Thread.sleep(time);
        }

        @Override
        public void close() {
            orchestrator.close();
            specialist.close();
        }
    }
}
