package dev.pinfactory.faults.reliability;

import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.history.History;
import dev.pinfactory.faults.history.HistoryChecker;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** R4: while PostgreSQL is held, nothing is acknowledged; what was sent meanwhile is settled afterwards. Settings under which a commit may be lost stop the start. */
public final class AcknowledgedIsOnDisk implements Bar {
    private static final List<String> SETTINGS = List.of("fsync", "synchronous_commit", "full_page_writes");

    @Override
    public String id() {
        return "R4";
    }

    @Override
    public String title() {
        return "no acknowledgement before the commit is on disk: none while PostgreSQL is held, no start with unsafe settings";
    }

    @Override
    public String unit() {
        return "submissions to a held PostgreSQL";
    }

    @Override
    public String sabotage() {
        return "the store acknowledges before it commits";
    }

    @Override
    public int rounds(Form form) {
        return 1;
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Holds(setting);
    }

    private static final class Holds implements Trial {
        private static final int SUBMISSIONS = 1_000;
        private static final int SUBMITTERS = 100;
        /** While it is held; a call waits for its answer so long. */
        private static final Duration HELD_CALL = Duration.ofMillis(500);

        private static final Duration CALL = Duration.ofSeconds(10);
        private static final Duration SETTLED = Duration.ofSeconds(60);

        private final Setting setting;
        private final EchoSpecialist specialist;
        private final PostgresServer postgres;
        private final Database database;
        private final TestedOrchestrator orchestrator;

        private Holds(Setting setting) throws IOException {
            this.setting = setting;
            this.specialist = new EchoSpecialist(EchoSpecialist::echo);
            this.postgres = PostgresServer.start(setting.folder().resolve("pg"));
            this.database = new Database.Postgres(postgres);
            this.orchestrator = start("orchestrator", database, setting.sabotage());
        }

        private TestedOrchestrator start(String name, Database on, boolean sabotaged) {
            List<String> properties = new ArrayList<>(on.properties());
            properties.add("pinfactory.orchestrator.registry-address=" + specialist.address());
            // Or most submissions would be refused at the door, and the store never be asked.
            properties.add("pinfactory.orchestrator.admission.queue=" + SUBMISSIONS);
            properties.add("pinfactory.orchestrator.admission.per-tenant=" + 2 * SUBMISSIONS);
            Sabotage sabotage = sabotaged ? Sabotage.ACKNOWLEDGES_BEFORE_COMMIT : Sabotage.NONE;
            return TestedOrchestrator.start(setting.folder().resolve(name), sabotage::of, clock -> clock, properties);
        }

        @Override
        public Outcome round(long seed) throws Exception {
            List<String> failures = new ArrayList<>();
            History history = new History();
            List<String> keys = IntStream.range(0, SUBMISSIONS)
                    .mapToObj(i -> seed + "-" + i)
                    .toList();
            try (Client client = new Client(orchestrator.address(), history, CALL)) {
                if (client.submit(seed + "-before", Tasks.of(seed + "-before", 1))
                        .isEmpty()) {
                    failures.add("nothing was acknowledged before PostgreSQL was held: the round proves nothing");
                }
            }
            int before = history.acknowledged().size();
            postgres.hold();
            try (Client client = new Client(orchestrator.address(), history, HELD_CALL)) {
                submitOnce(client, keys);
            } finally {
                postgres.resume();
            }
            int acknowledged = history.acknowledged().size() - before;
            if (acknowledged > 0) {
                failures.add(acknowledged + " submissions were acknowledged while PostgreSQL was held");
            }
            if (!setting.sabotage()) {
                settle(keys, history, failures);
                SETTINGS.forEach(name -> failures.addAll(startsWith(name)));
            }
            return new Outcome(
                    SUBMISSIONS,
                    failures,
                    "%d acknowledged, all settled by being sent again; no start with one of %s off"
                            .formatted(acknowledged, SETTINGS));
        }

        private static void submitOnce(Client client, List<String> keys)
                throws InterruptedException, ExecutionException {
            try (ExecutorService threads =
                    Executors.newFixedThreadPool(SUBMITTERS, Thread.ofVirtual().factory())) {
                List<Future<?>> all = keys.stream()
                        .<Future<?>>map(key -> threads.submit(() -> client.submit(key, Tasks.of(key, 1))))
                        .toList();
                for (Future<?> one : all) {
                    one.get();
                }
            }
        }

        private void settle(List<String> keys, History history, List<String> failures) throws InterruptedException {
            long until = System.nanoTime() + SETTLED.toNanos();
            try (Client client = new Client(orchestrator.address(), history, CALL)) {
                client.submitAll(keys, SUBMITTERS, key -> Tasks.of(key, 1), () -> System.nanoTime() < until);
                client.awaitEnds(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            }
            HistoryChecker.check(history, database.read(), key -> key)
                    .forEach(violation -> failures.add(violation.toString()));
        }

        /** What is wrong with a start while the setting is off: empty when it was refused, and said why. */
        private List<String> startsWith(String off) {
            try (PostgresServer unsafe =
                            PostgresServer.start(setting.folder().resolve("pg-" + off), java.util.Map.of(off, "off"));
                    TestedOrchestrator started = start("orchestrator-" + off, new Database.Postgres(unsafe), false)) {
                return List.of("the orchestrator started on " + started.address() + " with " + off + " = off");
            } catch (RuntimeException e) {
                return said(e, off + " = off")
                        ? List.of()
                        : List.of("the start with " + off + " = off was refused for another reason: " + e);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private static boolean said(Throwable failure, String words) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (String.valueOf(cause.getMessage()).contains(words)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void close() throws Exception {
            orchestrator.close();
            database.close();
            specialist.close();
        }
    }
}
