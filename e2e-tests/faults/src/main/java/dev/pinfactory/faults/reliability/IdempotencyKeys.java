package dev.pinfactory.faults.reliability;

import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.history.History;
import dev.pinfactory.faults.history.HistoryChecker;
import dev.pinfactory.faults.network.ChaosProxy;
import dev.pinfactory.faults.store.Sabotage;
import dev.pinfactory.faults.swarm.Client;
import dev.pinfactory.faults.swarm.EchoSpecialist;
import dev.pinfactory.faults.swarm.ShiftedClock;
import dev.pinfactory.faults.swarm.Tasks;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;

/** R5: repeats of submissions, at once and later, by clients that were cut off and by those that ask for something else. Rounds are on H2 and PostgreSQL by turns. */
public final class IdempotencyKeys implements Bar {
    @Override
    public String id() {
        return "R5";
    }

    @Override
    public String title() {
        return "idempotency keys: one task for each tenant and key, the same answer replayed, kept for 24 h";
    }

    @Override
    public String unit() {
        return "submissions";
    }

    @Override
    public String sabotage() {
        return "the store forgets keys";
    }

    @Override
    public int rounds(Form form) {
        return switch (form) {
            case SHORT -> 2;
            case LONG -> 10;
        };
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Repeats(setting);
    }

    private static final class Repeats implements Trial {
        private static final int THREADS = 16;
        private static final Duration CALL = Duration.ofSeconds(20);
        private static final Duration ALL_SETTLED = Duration.ofSeconds(90);
        private static final Duration ALL_ENDED = Duration.ofSeconds(60);
        /** One in so many keys is used by all threads at once. */
        private static final int CROWDED = 25;
        /** Clients that are cut off at some byte of their answers; what is exchanged before the first answer has about this many. */
        private static final int CUT_OFF = 40;

        private static final int HANDSHAKE_BYTES = 250;

        private final Setting setting;
        private final int submissions;
        private final EchoSpecialist specialist;
        private final List<Lane> lanes = new ArrayList<>();
        private int rounds;

        private Repeats(Setting setting) throws IOException {
            this.setting = setting;
            this.submissions = setting.form() == Form.SHORT ? 1_000 : 2_000;
            this.specialist = new EchoSpecialist(EchoSpecialist::echo);
            lanes.add(new Lane(new Database.H2(setting.folder().resolve("h2"))));
            if (!setting.sabotage()) {
                lanes.add(new Lane(Database.Postgres.start(setting.folder().resolve("pg"))));
            }
        }

        /** An orchestrator on its database. */
        private final class Lane implements AutoCloseable {
            private final Database database;
            private final TestedOrchestrator orchestrator;
            private final ShiftedClock clock = new ShiftedClock(Clock.systemUTC());
            private final History history = new History();

            private Lane(Database database) {
                this.database = database;
                List<String> properties = new ArrayList<>(database.properties());
                properties.add("pinfactory.orchestrator.registry-address=" + specialist.address());
                Sabotage sabotage = setting.sabotage() ? Sabotage.FORGETS_KEYS : Sabotage.NONE;
                this.orchestrator = TestedOrchestrator.start(
                        setting.folder().resolve(database.toString().toLowerCase(java.util.Locale.ROOT)),
                        sabotage::of,
                        system -> clock,
                        properties);
            }

            private Outcome round(long seed) throws Exception {
                List<String> failures = new ArrayList<>();
                int sent = cutOff(seed);
                List<String> unanswered = history.open();
                long accepted = database.read().tasks().stream()
                        .filter(task -> unanswered.contains(task.key()))
                        .count();
                if (accepted == 0) {
                    failures.add("no client was cut off between the commit and its answer: the round proves nothing");
                }
                try (Client client = new Client(orchestrator.address(), history, CALL)) {
                    sent += repeats(client, seed);
                    if (!client.awaitEnds(ALL_ENDED)) {
                        failures.add("not all tasks ended");
                    }
                    HistoryChecker.check(history, database.read().of(key -> !key.isEmpty()), key -> key)
                            .forEach(violation -> failures.add(violation.toString()));
                    if (!setting.sabotage()) {
                        failures.addAll(new KeyRules(orchestrator, specialist, clock, client, seed).broken());
                    }
                }
                List<String> named = failures.stream()
                        .map(failure -> database + ", seed " + seed + ": " + failure)
                        .toList();
                return new Outcome(
                        sent,
                        named,
                        "%s: %d keys, one in %d by %d threads at once, %d clients cut off, %d of them after the commit; replay, 422, 409, other tenant and 24 h tried"
                                .formatted(database, submissions / 2, CROWDED, THREADS, CUT_OFF, accepted));
            }

            /** Every key twice, in any order; some by all threads at once. Answers how many submissions that were. */
            private int repeats(Client client, long seed) throws InterruptedException, ExecutionException {
                List<String> all = new ArrayList<>();
                for (int i = 0; i < submissions / 2; i++) {
                    int times = i % CROWDED == 0 ? THREADS : 2;
                    all.addAll(Collections.nCopies(times, seed + "-" + i));
                }
                Collections.shuffle(all, new Random(seed));
                // Those that many threads send stand together, so that they are sent at the same time.
                all.sort(java.util.Comparator.comparing(key ->
                        Integer.parseInt(key.substring(key.indexOf('-') + 1)) % CROWDED == 0 ? key : ""));
                long until = System.nanoTime() + ALL_SETTLED.toNanos();
                client.submitAll(all, THREADS, key -> Tasks.of(key, 1), () -> System.nanoTime() < until);
                return all.size();
            }

            /** Submissions whose answer is cut off: whatever became of them, the repeat settles it. */
            private int cutOff(long seed) throws Exception {
                Random random = new Random(seed);
                int port = Integer.parseInt(orchestrator.address().split(":", -1)[1]);
                for (int i = 0; i < CUT_OFF; i++) {
                    String key = seed + "-" + i;
                    try (ChaosProxy proxy = new ChaosProxy(new InetSocketAddress("127.0.0.1", port))
                                    .resetAfter(random.nextInt(HANDSHAKE_BYTES));
                            Client client = new Client("127.0.0.1:" + proxy.port(), history, Duration.ofSeconds(2))) {
                        client.submit(key, Tasks.of(key, 1));
                    }
                }
                return CUT_OFF;
            }

            @Override
            public void close() throws IOException {
                orchestrator.close();
                database.close();
            }
        }

        @Override
        public Outcome round(long seed) throws Exception {
            return lanes.get(rounds++ % lanes.size()).round(seed);
        }

        @Override
        public void close() throws Exception {
            for (Lane lane : lanes) {
                lane.close();
            }
            specialist.close();
        }
    }
}
