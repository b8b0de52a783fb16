package dev.pinfactory.faults.reliability;

import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.history.History;
import dev.pinfactory.faults.history.HistoryChecker;
import dev.pinfactory.faults.history.Stored;
import dev.pinfactory.faults.store.Sabotage;
import dev.pinfactory.faults.swarm.Client;
import dev.pinfactory.faults.swarm.EchoSpecialist;
import dev.pinfactory.faults.swarm.OrchestratorProcess;
import dev.pinfactory.faults.swarm.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** R1: an orchestrator that is killed in the middle of many tasks; one on H2 and one on PostgreSQL, by turns in the short form and both in each round of the long one. */
public final class KillOrchestrator implements Bar {
    @Override
    public String id() {
        return "R1";
    }

    @Override
    public String title() {
        return "kill -9 of the orchestrator: every acknowledged task ends once, nothing is lost or told twice";
    }

    @Override
    public String unit() {
        return "kills";
    }

    @Override
    public String sabotage() {
        return "the store tells of each task's end twice";
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
        return new Kills(setting);
    }

    private static final class Kills implements Trial {
        private static final int SUBMITTERS = 16;
        private static final Duration CALL = Duration.ofSeconds(10);
        private static final Duration FIRST_PROGRESS = Duration.ofSeconds(5);
        private static final Duration ALL_ENDED = Duration.ofSeconds(30);
        /** The short form runs beside other tests: it shows how long the first progress takes, and does not judge it. */
        private static final Duration ALL_ENDED_BESIDE_OTHERS = Duration.ofSeconds(90);

        /** What a call of the specialist takes. */
        private static final long CALL_MILLIS = 10;

        private static final long SHORTEST_WINDOW_MILLIS = 1_000;
        private static final long LONGEST_WINDOW_MILLIS = 10_000;

        private final Setting setting;
        private final int tasks;
        private final EchoSpecialist specialist;
        private final List<Lane> lanes = new ArrayList<>();
        private int rounds;

        private Kills(Setting setting) throws Exception {
            this.setting = setting;
            this.tasks = setting.form() == Form.SHORT ? 200 : 1_000;
            this.specialist = new EchoSpecialist(request -> {
                pause(CALL_MILLIS);
                return EchoSpecialist.echo(request);
            });
            // The seeded bug shows on either database; one of them is enough.
            List<Boolean> onH2 = setting.sabotage() ? List.of(true) : List.of(true, false);
            lanes.addAll(atOnce(
                    onH2.stream().<Callable<Lane>>map(h2 -> () -> new Lane(h2)).toList()));
        }

        private static <T> List<T> atOnce(List<Callable<T>> works) throws Exception {
            List<T> done = new ArrayList<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<T> one : threads.invokeAll(works)) {
                    done.add(one.get());
                }
            }
            return done;
        }

        /** An orchestrator on its database, from its first round on. */
        private final class Lane {
            private final Database database;
            private final OrchestratorProcess orchestrator;
            private final History history = new History();
            /** How long a round's tasks take about, from the first submission to the last end. */
            private long windowMillis = Math.min(20L * tasks, LONGEST_WINDOW_MILLIS);

            private Lane(boolean h2) throws IOException {
                var data = setting.folder().resolve(h2 ? "h2" : "postgres");
                database = h2
                        ? new Database.H2(data)
                        : Database.Postgres.start(setting.folder().resolve("pg"));
                List<String> properties = new ArrayList<>(database.properties());
                properties.add("pinfactory.orchestrator.registry-address=" + specialist.address());
                properties.add("pinfactory.orchestrator.admission.queue=" + tasks);
                properties.add("pinfactory.orchestrator.admission.per-tenant=" + 2 * tasks);
                Sabotage sabotage = setting.sabotage() ? Sabotage.REPEATS_EVENTS : Sabotage.NONE;
                orchestrator = new OrchestratorProcess(data, sabotage, properties);
            }

            private Outcome round(long seed) throws Exception {
                List<String> keys =
                        IntStream.range(0, tasks).mapToObj(i -> seed + "-" + i).toList();
                List<String> failures = new ArrayList<>();
                long killAfter = new SplittableRandom(seed).nextLong(windowMillis);
                long acknowledgedAtKill;
                long openAtKill;
                try (Client client = new Client(orchestrator.address(), history, CALL)) {
                    AtomicBoolean alive = new AtomicBoolean(true);
                    Thread submitting = Thread.ofVirtual().start(() -> submit(client, keys, alive));
                    Thread reading = Thread.ofVirtual().start(() -> {
                        while (alive.get()) {
                            client.readEnds();
                            pause(5);
                        }
                    });
                    pause(killAfter);
                    orchestrator.kill();
                    alive.set(false);
                    submitting.join();
                    reading.join();
                    acknowledgedAtKill = history.notSeenEnded().size();
                    openAtKill = history.open().size();
                }
                Set<String> underWay = Set.copyOf(history.notSeenEnded());
                Instant killed = Instant.now();
                orchestrator.restart();
                Instant readyAt = Instant.now();
                long ready = System.nanoTime();
                try (Client client = new Client(orchestrator.address(), history, CALL)) {
                    Duration atMost = setting.form() == Form.LONG ? ALL_ENDED : ALL_ENDED_BESIDE_OTHERS;
                    long until = System.nanoTime() + atMost.toNanos();
                    client.submitAll(
                            keys.stream()
                                    .filter(key -> !history.isAcknowledged(key))
                                    .toList(),
                            SUBMITTERS,
                            key -> Tasks.of(key, 2),
                            () -> System.nanoTime() < until);
                    client.awaitEnds(Duration.ofNanos(until - System.nanoTime()));
                    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ready);
                    Stored stored = database.read();
                    HistoryChecker.check(history, stored, key -> key)
                            .forEach(violation -> failures.add(database + ", seed " + seed + ": " + violation));
                    Duration first = firstProgress(underWay, stored, killed, readyAt);
                    if (setting.form() == Form.LONG && first.compareTo(FIRST_PROGRESS) > 0) {
                        failures.add("no task went on within " + FIRST_PROGRESS.toSeconds() + " s after the restart");
                    }
                    String remark = database + ": killed after " + killAfter + " ms, " + acknowledgedAtKill
                            + " tasks under way, " + openAtKill + " of unknown outcome; first progress "
                            + first.toMillis() + " ms after ready, all ended after " + took + " ms";
                    // The next kill comes within what this round took, the restart not counted.
                    windowMillis = Math.clamp(killAfter + took, SHORTEST_WINDOW_MILLIS, LONGEST_WINDOW_MILLIS);
                    return new Outcome(1, failures, remark);
                }
            }

            private void submit(Client client, List<String> keys, AtomicBoolean alive) {
                try {
                    client.submitAll(keys, SUBMITTERS, key -> Tasks.of(key, 2), alive::get);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            /** How long after ready the first task that was under way at the kill has ended; zero where none was left. */
            private Duration firstProgress(Set<String> underWay, Stored stored, Instant killed, Instant ready) {
                return stored.tasks().stream()
                        .filter(task ->
                                underWay.contains(task.id()) && !task.end().isEmpty())
                        .map(task -> Instant.parse(task.end().split(" ", 4)[2]))
                        .filter(ended -> ended.isAfter(killed))
                        .min(Comparator.naturalOrder())
                        .filter(ended -> ended.isAfter(ready))
                        .map(ended -> Duration.between(ready, ended))
                        .orElse(Duration.ZERO);
            }
        }

        @Override
        public Outcome round(long seed) throws Exception {
            return setting.form() == Form.SHORT
                    ? lanes.get(rounds++ % lanes.size()).round(seed)
                    : all(seed);
        }

        /** All lanes at a time. */
        private Outcome all(long seed) throws Exception {
            List<Outcome> outcomes = atOnce(lanes.stream()
                    .<Callable<Outcome>>map(lane -> () -> lane.round(seed))
                    .toList());
            return new Outcome(
                    outcomes.size(),
                    outcomes.stream()
                            .flatMap(outcome -> outcome.failures().stream())
                            .toList(),
                    outcomes.stream().map(Outcome::remark).collect(Collectors.joining("; ")));
        }

        @Override
        public void close() throws Exception {
            for (Lane lane : lanes) {
                lane.orchestrator.close();
                lane.database.close();
            }
            specialist.close();
        }

        private static void pause(long millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
