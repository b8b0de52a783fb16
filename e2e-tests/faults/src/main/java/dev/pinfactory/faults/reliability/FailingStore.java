package dev.pinfactory.faults.reliability;

import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.history.History;
import dev.pinfactory.faults.history.HistoryChecker;
import dev.pinfactory.faults.history.Violation;
import dev.pinfactory.faults.store.FaultyTaskStore;
import dev.pinfactory.faults.store.FaultyTaskStore.Fault;
import dev.pinfactory.faults.store.Sabotage;
import dev.pinfactory.faults.swarm.Client;
import dev.pinfactory.faults.swarm.EchoSpecialist;
import dev.pinfactory.faults.swarm.PostgresServer;
import dev.pinfactory.faults.swarm.Tasks;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** R3: a store on PostgreSQL each of whose methods fails now and then, and a PostgreSQL that is killed in each round. */
public final class FailingStore implements Bar {
    @Override
    public String id() {
        return "R3";
    }

    @Override
    public String title() {
        return "store calls refused, timed out, or executed and reported as timed out (1 % each), PostgreSQL killed: nothing lost, nothing twice, all end";
    }

    @Override
    public String unit() {
        return "tasks";
    }

    @Override
    public String sabotage() {
        return "the store forgets each twentieth task that it acknowledged";
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
        return new Faults(setting);
    }

    private static final class Faults implements Trial {
        private static final double RATE = 0.01;
        private static final int TASKS = 1_000;
        /** Enough to see the seeded bug. */
        private static final int SABOTAGED_TASKS = 100;

        private static final int SUBMITTERS = 16;
        private static final Duration CALL = Duration.ofSeconds(8);
        private static final Duration ALL_ENDED = Duration.ofSeconds(120);
        /** The earliest and latest moment of the kill, while the tasks are submitted and run. */
        private static final long KILL_FROM_MILLIS = 500;

        private static final long KILL_TO_MILLIS = 5_000;

        private final Setting setting;
        private final EchoSpecialist specialist;
        private final PostgresServer postgres;
        private final Database database;
        private final TestedOrchestrator orchestrator;
        private final AtomicReference<@Nullable FaultyTaskStore> faults = new AtomicReference<>();
        private final History history = new History();

        private Faults(Setting setting) throws IOException {
            this.setting = setting;
            this.specialist = new EchoSpecialist(EchoSpecialist::echo);
            this.postgres = PostgresServer.start(setting.folder().resolve("pg"));
            this.database = new Database.Postgres(postgres);
            List<String> properties = new ArrayList<>(database.properties());
            properties.add("pinfactory.orchestrator.registry-address=" + specialist.address());
            properties.add("pinfactory.orchestrator.store.lease=2s");
            properties.add("pinfactory.orchestrator.admission.per-tenant=" + TASKS);
            Sabotage sabotage = setting.sabotage() ? Sabotage.FORGETS_TASKS : Sabotage.NONE;
            this.orchestrator = TestedOrchestrator.start(
                    setting.folder().resolve("orchestrator"),
                    (store, dataSource) -> {
                        FaultyTaskStore faulty = new FaultyTaskStore(sabotage.of(store, dataSource), 1, RATE);
                        faults.set(faulty);
                        return faulty.store();
                    },
                    clock -> clock,
                    properties);
        }

        @Override
        public Outcome round(long seed) throws Exception {
            int tasks = setting.sabotage() ? SABOTAGED_TASKS : TASKS;
            List<String> keys =
                    IntStream.range(0, tasks).mapToObj(i -> seed + "-" + i).toList();
            long until = System.nanoTime() + ALL_ENDED.toNanos();
            long begin = System.nanoTime();
            Thread killing = Thread.ofVirtual().start(() -> kill(seed));
            boolean ended;
            try (Client client = new Client(orchestrator.address(), history, CALL)) {
                client.submitAll(keys, SUBMITTERS, key -> Tasks.of(key, 2), () -> System.nanoTime() < until);
                killing.join();
                Duration left = setting.sabotage()
                        ? Duration.ofSeconds(5)
                        : Duration.ofNanos(Math.max(0, until - System.nanoTime()));
                ended = client.awaitEnds(left);
            }
            List<String> failures = new ArrayList<>();
            HistoryChecker.check(history, database.read(), key -> key).stream()
                    .map(Violation::toString)
                    .forEach(violation -> failures.add("seed " + seed + ": " + violation));
            if (!ended) {
                failures.add("seed " + seed + ": not all tasks ended");
            }
            FaultyTaskStore injected = faults.get();
            if (injected == null || (!setting.sabotage() && !hadAll(injected))) {
                failures.add("the store did not fail in each way: the round proves nothing");
            }
            return new Outcome(tasks, failures, remark(injected, Duration.ofNanos(System.nanoTime() - begin)));
        }

        private static boolean hadAll(FaultyTaskStore injected) {
            return injected.count(Fault.REFUSED) > 0
                    && injected.count(Fault.TIMED_OUT) > 0
                    && injected.count(Fault.EXECUTED_THEN_TIMED_OUT) > 0;
        }

        private static String remark(@Nullable FaultyTaskStore injected, Duration took) {
            return injected == null
                    ? ""
                    : "since the start %d calls of the store, %d refused, %d timed out, %d executed and reported as timed out; PostgreSQL killed once a round; %d s"
                            .formatted(
                                    injected.count(Fault.NONE),
                                    injected.count(Fault.REFUSED),
                                    injected.count(Fault.TIMED_OUT),
                                    injected.count(Fault.EXECUTED_THEN_TIMED_OUT),
                                    took.toSeconds());
        }

        private void kill(long seed) {
            if (setting.sabotage()) {
                return;
            }
            try {
                Thread.sleep(new SplittableRandom(seed).nextLong(KILL_FROM_MILLIS, KILL_TO_MILLIS));
                postgres.kill();
                postgres.restart();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws Exception {
            orchestrator.close();
            database.close();
            specialist.close();
        }
    }
}
