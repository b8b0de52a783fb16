package dev.pinfactory.faults.reliability;

import com.zaxxer.hikari.HikariDataSource;
import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.history.History;
import dev.pinfactory.faults.history.HistoryChecker;
import dev.pinfactory.faults.history.Stored;
import dev.pinfactory.faults.history.StoredReader;
import dev.pinfactory.faults.store.Sabotage;
import dev.pinfactory.faults.swarm.Client;
import dev.pinfactory.faults.swarm.EchoSpecialist;
import dev.pinfactory.faults.swarm.OrchestratorProcess;
import dev.pinfactory.faults.swarm.PostgresServer;
import dev.pinfactory.faults.swarm.Tasks;
import dev.pinfactory.orchestrator.service.store.Databases;
import dev.pinfactory.proto.v1.InferRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * R7: of two orchestrators on one PostgreSQL one is held for three leases, in the middle of its tasks' calls. Their answers arrive while it is held, so that it writes
 * them as soon as it goes on, into tasks that the other one runs by then.
 */
public final class Zombies implements Bar {
    @Override
    public String id() {
        return "R7";
    }

    @Override
    public String title() {
        return "an orchestrator that was paused for three leases: none of its late writes is accepted";
    }

    @Override
    public String unit() {
        return "late writes";
    }

    @Override
    public String sabotage() {
        return "the store forgets the check of the epoch";
    }

    @Override
    public int rounds(Form form) {
        return switch (form) {
            case SHORT -> 5;
            case LONG -> 50;
        };
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Pauses(setting);
    }

    private static final class Pauses implements Trial {
        private static final int TASKS = 8;
        private static final Duration LEASE = Duration.ofSeconds(1);
        private static final int LEASES = 3;
        private static final Duration CALL = Duration.ofSeconds(10);
        private static final int LAST_LINES = 20;
        private static final Duration PATIENCE = Duration.ofSeconds(20);
        /** What the answer to the paused one's call has, so that a result made of it is known. */
        private static final String LATE = " from a late write";

        private final EchoSpecialist specialist;
        private final Database database;
        private final HikariDataSource dataSource;
        private final List<OrchestratorProcess> orchestrators = new ArrayList<>();
        private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
        private volatile CountDownLatch first = new CountDownLatch(1);
        private volatile CountDownLatch second = new CountDownLatch(1);
        private int rounds;

        private Pauses(Setting setting) throws Exception {
            this.specialist = new EchoSpecialist(this::answer);
            PostgresServer server = PostgresServer.start(setting.folder().resolve("pg"));
            this.database = new Database.Postgres(server);
            this.dataSource = Databases.postgres(server.url(), PostgresServer.USER, "", 1);
            List<String> properties = new ArrayList<>(database.properties());
            properties.add("pinfactory.orchestrator.registry-address=" + specialist.address());
            // All of a round's tasks run at once: each is in the middle of its call when the pause begins.
            properties.add("pinfactory.orchestrator.admission.min-concurrency=" + 2 * TASKS);
            properties.add("pinfactory.orchestrator.store.lease=" + LEASE.toMillis() + "ms");
            properties.add("pinfactory.orchestrator.content.directory="
                    + setting.folder().resolve("content"));
            Sabotage sabotage = setting.sabotage() ? Sabotage.FORGETS_EPOCHS : Sabotage.NONE;
            // The first one migrates the database.
            for (String name : List.of("a", "b")) {
                orchestrators.add(new OrchestratorProcess(setting.folder().resolve(name), sabotage, properties));
            }
        }

        /** The first call of a task waits for the pause, the next one for the pause's end. */
        private String answer(InferRequest request) {
            String key = EchoSpecialist.echo(request);
            boolean early =
                    calls.computeIfAbsent(key, none -> new AtomicInteger()).incrementAndGet() == 1;
            await(early ? first : second);
            return early ? key + LATE : key;
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Outcome round(long seed) throws Exception {
            OrchestratorProcess paused = orchestrators.get(rounds % 2);
            OrchestratorProcess other = orchestrators.get((rounds + 1) % 2);
            rounds++;
            first = new CountDownLatch(1);
            second = new CountDownLatch(1);
            List<String> keys =
                    IntStream.range(0, TASKS).mapToObj(i -> seed + "-" + i).toList();
            History history = new History();
            List<String> failures = new ArrayList<>();
            Set<String> ids = ConcurrentHashMap.newKeySet();
            long brokenOffBefore = brokenOff(paused);
            int written;
            try (Client client = new Client(paused.address(), history, CALL);
                    Client witness = new Client(other.address(), history, CALL)) {
                for (String key : keys) {
                    client.submit(key, Tasks.of(key, 1)).ifPresent(ids::add);
                }
                until(() -> called(keys, 1), "the tasks did not start");
                paused.hold();
                long held = System.nanoTime();
                try {
                    if (tasks(keys).tasks().stream().anyMatch(task -> task.epoch() != 1)) {
                        return lostBefore();
                    }
                    first.countDown();
                    until(
                            () -> called(keys, 2) && System.nanoTime() - held > LEASES * LEASE.toNanos(),
                            "the other orchestrator did not take the tasks over",
                            () -> seen(witness, ids, other));
                } finally {
                    paused.resume();
                }
                // Each of its writes was refused, failed (PostgreSQL ended the transaction that was paused), or was
                // accepted and ended the task: nothing else can end it yet.
                until(
                        () -> ids.stream()
                                        .filter(id -> !wasFenced(paused, id) && !client.readEnd(id))
                                        .count()
                                <= brokenOff(paused) - brokenOffBefore,
                        "the paused orchestrator wrote nothing",
                        () -> seen(client, ids, paused));
                written = (int) ids.stream().filter(id -> wasFenced(paused, id)).count();
                long accepted = ids.stream().filter(client::readEnd).count();
                second.countDown();
                if (accepted > 0) {
                    failures.add("seed " + seed + ": " + accepted + " late writes were accepted");
                }
                if (!witness.awaitEnds(PATIENCE)) {
                    failures.add("not all tasks ended");
                }
            }
            HistoryChecker.check(history, tasks(keys), key -> key)
                    .forEach(violation -> failures.add("seed " + seed + ": " + violation));
            return new Outcome(
                    written,
                    failures,
                    written + " of " + TASKS + " tasks fenced in the paused orchestrator, by its log");
        }

        private Stored tasks(List<String> keys) {
            return StoredReader.read(dataSource).of(Set.copyOf(keys)::contains);
        }

        /** On a busy machine a lease of a second may be over before the pause: then it is not known whose call was the first. */
        private Outcome lostBefore() {
            first.countDown();
            second.countDown();
            return new Outcome(0, List.of(), "nothing was tried: a lease was over before the pause");
        }

        private boolean called(List<String> keys, int times) {
            return keys.stream().allMatch(key -> {
                AtomicInteger count = calls.get(key);
                return count != null && count.get() >= times;
            });
        }

        private static long brokenOff(OrchestratorProcess orchestrator) {
            try {
                return orchestrator
                        .log()
                        .lines()
                        .filter(line -> line.contains("the run broke off: the store failed"))
                        .count();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private static boolean wasFenced(OrchestratorProcess orchestrator, String taskId) {
            try {
                return orchestrator.log().contains("of task " + taskId + " is over");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        /** What became of the tasks, and what the orchestrator said last. */
        private static String seen(Client witness, Set<String> ids, OrchestratorProcess orchestrator) {
            try {
                List<String> log = orchestrator.log().lines().toList();
                return ids.stream().map(witness::state).toList() + "\n"
                        + String.join("\n", log.subList(Math.max(0, log.size() - LAST_LINES), log.size()));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private static void until(BooleanSupplier condition, String otherwise) throws InterruptedException {
            until(condition, otherwise, () -> "");
        }

        private static void until(BooleanSupplier condition, String otherwise, Supplier<String> seen)
                throws InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            otherwise + " within " + PATIENCE.toSeconds() + " s; " + seen.get());
                }
                Thread.sleep(20);
            }
        }

        @Override
        public void close() throws Exception {
            first.countDown();
            second.countDown();
            orchestrators.forEach(OrchestratorProcess::close);
            dataSource.close();
            database.close();
            specialist.close();
        }
    }
}
