package dev.pinfactory.faults.reliability;

import com.google.protobuf.util.Durations;
import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.history.History;
import dev.pinfactory.faults.history.HistoryChecker;
import dev.pinfactory.faults.history.Stored;
import dev.pinfactory.faults.history.StoredReader;
import dev.pinfactory.faults.swarm.Client;
import dev.pinfactory.faults.swarm.Replica;
import dev.pinfactory.faults.swarm.Tasks;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import dev.pinfactory.faults.swarm.TestedRegistry;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * R2: one of a specialist's three processes after the other is killed in the middle of its calls, and comes back on its own port or on another one. Tasks of two steps go on
 * beside; what runs twice counts once.
 */
public final class KillSpecialists implements Bar {
    @Override
    public String id() {
        return "R2";
    }

    @Override
    public String title() {
        return "kill -9 of one of three replicas: 99.9 % of the tasks succeed in time, the rest say which step failed and why, each step counts once";
    }

    @Override
    public String unit() {
        return "tasks";
    }

    @Override
    public String sabotage() {
        return "nothing is tried again at another replica";
    }

    @Override
    public int rounds(Form form) {
        return switch (form) {
            case SHORT -> 1;
            case LONG -> 12;
        };
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Kills(setting);
    }

    private static final class Kills implements Trial {
        private static final int REPLICAS = 3;
        private static final int TASKS = 1_000;
        private static final int STEPS = 2;
        private static final int LANES = 24;
        private static final int MOST_FAILED = TASKS / 1_000;
        /** Every task has so long; without kills it takes about half a second. */
        private static final Duration DEADLINE = Duration.ofSeconds(10);

        private static final Duration CALL = Duration.ofSeconds(30);
        private static final Duration BETWEEN_KILLS = Duration.ofSeconds(5);
        private static final int LEAST_KILLS = 3;
        private static final Duration STARTED = Duration.ofSeconds(60);

        private final TestedRegistry registry;
        private final List<Replica> replicas = new ArrayList<>();
        private final TestedOrchestrator orchestrator;

        private Kills(Setting setting) throws Exception {
            registry = new TestedRegistry(setting.folder().resolve("registry"));
            for (int i = 0; i < REPLICAS; i++) {
                replicas.add(new Replica(setting.folder().resolve("replicas"), "replica-" + i, registry.address()));
            }
            List<String> properties = new ArrayList<>(List.of(
                    "pinfactory.orchestrator.registry-address=" + registry.address(),
                    // What this machine does besides must not be taken for a crowd.
                    "pinfactory.orchestrator.admission.min-concurrency=" + LANES));
            if (setting.sabotage()) {
                properties.add("pinfactory.orchestrator.dispatch.max-attempts=1");
            }
            orchestrator = TestedOrchestrator.start(setting.folder().resolve("orchestrator"), properties);
            warmUp();
        }

        /** What is used for the first time takes longer, and the orchestrator has to hear of the replicas. */
        private void warmUp() throws Exception {
            long until = System.nanoTime() + STARTED.toNanos();
            try (Client client = client(new History())) {
                int complete = 0;
                for (int i = 0; complete < 2 * REPLICAS; i++) {
                    if (System.nanoTime() > until) {
                        throw new IllegalStateException("no task succeeds, before anything is killed");
                    }
                    TaskResult result = client.withKey("warm-up-" + i)
                            .runTask(request("warm-up-" + i))
                            .getResult();
                    complete += result.getStatus() == TaskResult.Status.COMPLETE ? 1 : 0;
                }
            }
        }

        private Client client(History history) {
            return new Client(orchestrator.address(), history, CALL);
        }

        @Override
        public Outcome round(long seed) throws Exception {
            Round round = new Round(seed);
            try (Client client = client(round.history);
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> killing = threads.submit(() -> {
                    round.kill();
                    return null;
                });
                List<Future<?>> lanes = IntStream.range(0, LANES)
                        .<Future<?>>mapToObj(lane -> threads.submit(() -> round.runTasks(client)))
                        .toList();
                for (Future<?> lane : lanes) {
                    lane.get();
                }
                round.over.countDown();
                killing.get();
            }
            return round.judge();
        }

        private long begun() throws IOException {
            long sum = 0;
            for (Replica replica : replicas) {
                sum += replica.begun();
            }
            return sum;
        }

        /** What one round saw. */
        private final class Round {
            private final long seed;
            private final long begunBefore = begun();
            private final History history = new History();
            private final AtomicInteger next = new AtomicInteger();
            private final AtomicLong slowestMillis = new AtomicLong();
            private final Map<String, String> failed = new ConcurrentHashMap<>();
            private final Queue<String> failures = new ConcurrentLinkedQueue<>();
            private final CountDownLatch over = new CountDownLatch(1);
            private int kills;
            private long runsKilled;

            private Round(long seed) throws IOException {
                this.seed = seed;
            }

            /** The next one when the last is ready again, and not too soon. */
            private void kill() throws Exception {
                SplittableRandom random = new SplittableRandom(seed);
                over.await(random.nextLong(1_000), TimeUnit.MILLISECONDS);
                while (over.getCount() > 0) {
                    long begin = System.nanoTime();
                    Replica victim = replicas.get(random.nextInt(REPLICAS));
                    runsKilled += victim.kill();
                    kills++;
                    victim.restart(random.nextBoolean());
                    over.await(begin + BETWEEN_KILLS.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
            }

            private void runTasks(Client client) {
                for (int i = next.getAndIncrement(); i < TASKS; i = next.getAndIncrement()) {
                    runTask(client, key(i));
                }
            }

            private String key(int number) {
                return seed + "-" + number;
            }

            private void runTask(Client client, String key) {
                history.begin(key);
                long begin = System.nanoTime();
                try {
                    TaskResult result =
                            client.withKey(key).runTask(request(key)).getResult();
                    Duration took = Duration.ofNanos(System.nanoTime() - begin);
                    slowestMillis.accumulateAndGet(took.toMillis(), Math::max);
                    history.acknowledge(key, result.getTaskId());
                    history.sawEnd(result.getTaskId(), StoredReader.end(result));
                    if (result.getStatus() != TaskResult.Status.COMPLETE) {
                        failed.put(key, why(key, result));
                    }
                } catch (StatusRuntimeException e) {
                    failures.add(key + " has no result: " + e.getMessage());
                }
            }

            /** Every step that did not succeed has its reason. */
            private String why(String key, TaskResult result) {
                List<StepReport> ill = result.getStepsList().stream()
                        .filter(step -> step.getOutcome() == StepReport.Outcome.FAILED)
                        .toList();
                boolean typed = !ill.isEmpty()
                        && ill.stream()
                                .allMatch(step -> step.getCode().startsWith("SPECIALIST_")
                                        && !step.getDetail().isEmpty());
                if (!typed) {
                    failures.add(key + " failed and does not say which step, and why: " + result.getStatus() + " "
                            + result.getStepsList());
                    return "untyped";
                }
                return ill.getFirst().getStep() + " " + ill.getFirst().getCode() + ", "
                        + ill.getFirst().getDetail();
            }

            private Outcome judge() throws IOException {
                Stored stored =
                        StoredReader.read(orchestrator.bean(DataSource.class)).of(key -> key.startsWith(seed + "-"));
                // Who failed has no result; that is judged by their number.
                HistoryChecker.check(history, stored, key -> failed.containsKey(key) ? output(stored, key) : key)
                        .forEach(violation -> failures.add(violation.toString()));
                stored.tasks().stream()
                        .filter(this::countsNotOnce)
                        .forEach(task -> failures.add(task.key() + " has the steps " + task.steps() + " committed"));
                if (failed.size() > MOST_FAILED) {
                    failures.add(failed.size() + " of " + TASKS + " tasks failed, such as one by "
                            + failed.values().iterator().next());
                }
                if (runsKilled == 0 || kills < LEAST_KILLS) {
                    failures.add(kills + " kills met " + runsKilled + " runs: this says nothing");
                }
                long more = begun() - begunBefore - (long) STEPS * TASKS;
                String remark = kills + " kills ended " + runsKilled + " runs, " + more
                        + " runs more than steps; " + failed.size() + " tasks failed with a reason"
                        + (failed.isEmpty() ? "" : " " + failed.values()) + "; the slowest took "
                        + slowestMillis + " ms";
                return new Outcome(TASKS, List.copyOf(failures), remark);
            }

            private boolean countsNotOnce(Stored.Task task) {
                boolean twice =
                        new HashSet<>(task.steps()).size() < task.steps().size();
                return twice || (!failed.containsKey(task.key()) && task.steps().size() != STEPS);
            }
        }

        private static String output(Stored stored, String key) {
            return stored.tasks().stream()
                    .filter(task -> task.key().equals(key))
                    .map(Stored.Task::output)
                    .findFirst()
                    .orElse("");
        }

        private static RunTaskRequest request(String key) {
            Task task = Tasks.of(key, STEPS);
            return RunTaskRequest.newBuilder()
                    .setTask(task.toBuilder()
                            .setConstraints(task.getConstraints().toBuilder()
                                    .setTimeout(Durations.fromMillis(DEADLINE.toMillis()))))
                    .build();
        }

        @Override
        public void close() {
            orchestrator.close();
            replicas.forEach(Replica::close);
            registry.close();
        }
    }
}
