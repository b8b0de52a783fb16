package dev.pinfactory.faults.reliability;

import com.google.protobuf.util.Durations;
import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.network.Balancer;
import dev.pinfactory.faults.swarm.CountingDoor;
import dev.pinfactory.faults.swarm.PostgresServer;
import dev.pinfactory.faults.swarm.RoleProcess;
import dev.pinfactory.faults.swarm.Tasks;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.GetTaskRequest;
import dev.pinfactory.proto.v1.ListTasksRequest;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SubmitTaskRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.SwarmServiceGrpc.SwarmServiceBlockingStub;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.WatchTaskRequest;
import dev.pinfactory.proto.v1.WatchTaskResponse;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * R16: one process of each role after the other is ended as an operator does it, and started again, while callers go on: none of their requests fails, each process
 * says first that it is not ready and is gone in 25 s, and no step that has ended runs again. Two of each role, each pair behind an address that gives new connections
 * to whoever is ready.
 */
public final class RollingRestart implements Bar {
    @Override
    public String id() {
        return "R16";
    }

    @Override
    public String title() {
        return "SIGTERM to each role in turn under load: no request fails, each says first that it leaves and is gone in 25 s, no ended step runs again";
    }

    @Override
    public String unit() {
        return "requests";
    }

    @Override
    public String sabotage() {
        return "processes that end say nothing before and finish nothing";
    }

    @Override
    public int rounds(Form form) {
        return switch (form) {
            case SHORT -> 1;
            case LONG -> 4;
        };
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Restarts(setting);
    }

    private static final class Restarts implements Trial {
        private static final Duration MOST_LEAVING = Duration.ofSeconds(25);
        private static final Duration RUN = Duration.ofMillis(150);
        private static final Duration DEADLINE = Duration.ofSeconds(30);
        private static final Duration STARTED = Duration.ofSeconds(60);
        private static final int STEPS = 3;
        private static final int LANES = 2;
        private static final int SHOWN = 5;

        private final Form form;
        private final boolean sabotage;
        private final PostgresServer postgres;
        private final List<List<RoleProcess>> roles = new ArrayList<>();
        private final List<Balancer> balancers = new ArrayList<>();
        private final CountingDoor door;
        private final ManagedChannel channel;

        private Restarts(Setting setting) throws Exception {
            form = setting.form();
            sabotage = setting.sabotage();
            Path folder = setting.folder();
            postgres = PostgresServer.start(folder.resolve("postgres"));
            createDatabase("registry");
            createDatabase("orchestrator");
            List<String> all = new ArrayList<>(List.of("spring.grpc.server.address=127.0.0.1", "server.port=0"));
            if (setting.sabotage()) {
                all.addAll(List.of(
                        "pinfactory.shutdown.quiet-period=0ms",
                        "pinfactory.host.drain-delay=0ms",
                        "spring.grpc.server.shutdown.grace-period=0ms",
                        "server.shutdown=immediate"));
            }
            Balancer registry = pair(
                    folder,
                    "registry/service",
                    "256m",
                    all,
                    List.of(
                            "spring.datasource.url=" + database("registry"),
                            "spring.datasource.username=" + PostgresServer.USER));
            door = new CountingDoor(registry.address(), RUN);
            pair(
                    folder,
                    "specialists/host",
                    "384m",
                    all,
                    List.of(
                            "pinfactory.host.registry-address=" + registry.address(),
                            "pinfactory.host.specialists=language-id"));
            Balancer router = pair(
                    folder,
                    "router/service",
                    "640m",
                    all,
                    List.of("pinfactory.router.registry-address=" + registry.address()));
            Balancer orchestrator = pair(
                    folder,
                    "orchestrator/service",
                    "384m",
                    all,
                    List.of(
                            "pinfactory.orchestrator.registry-address=" + registry.address(),
                            "pinfactory.orchestrator.router.address=" + router.address(),
                            "pinfactory.orchestrator.store.url=" + database("orchestrator"),
                            "pinfactory.orchestrator.store.user=" + PostgresServer.USER,
                            "pinfactory.orchestrator.admission.min-concurrency=32"));
            channel = Grpc.newChannelBuilder(orchestrator.address(), InsecureChannelCredentials.create())
                    .build();
            warmUp();
        }

        private void createDatabase(String name) throws SQLException {
            try (Connection connection = DriverManager.getConnection(postgres.url());
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
        }

        private String database(String name) {
            return postgres.url().replace("/postgres?", "/" + name + "?");
        }

        private Balancer pair(Path folder, String module, String heap, List<String> all, List<String> own)
                throws IOException {
            List<String> properties = new ArrayList<>(all);
            properties.addAll(own);
            List<RoleProcess> processes = new ArrayList<>();
            roles.add(processes);
            for (int i = 0; i < 2; i++) {
                processes.add(new RoleProcess(
                        folder, module, module.replace('/', '-') + "-" + i, heap, List.copyOf(properties)));
            }
            for (RoleProcess process : processes) {
                process.awaitStarted();
            }
            Balancer balancer = new Balancer(
                    processes.stream().map(RoleProcess::port).toList(),
                    port -> processes.stream().anyMatch(process -> process.port() == port && process.ready()));
            balancers.add(balancer);
            return balancer;
        }

        private SwarmServiceBlockingStub stub() {
            return SwarmServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(DEADLINE.toNanos(), TimeUnit.NANOSECONDS);
        }

        /** Until both kinds of tasks succeed a few times in a row: each replica has heard of all specialists then. */
        private void warmUp() {
            long until = System.nanoTime() + STARTED.toNanos();
            int inARow = 0;
            while (inARow < 8) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException("tasks do not succeed, before anything is restarted");
                }
                try {
                    inARow = isComplete(run(chain("warm-up"))) && isComplete(run(language())) ? inARow + 1 : 0;
                } catch (StatusRuntimeException e) {
                    inARow = 0;
                }
            }
        }

        private TaskResult run(Task task) {
            return stub().runTask(RunTaskRequest.newBuilder().setTask(task).build())
                    .getResult();
        }

        private static boolean isComplete(TaskResult result) {
            return result.getStatus() == TaskResult.Status.COMPLETE;
        }

        private static Task chain(String key) {
            Task task = Tasks.of(key, STEPS);
            return task.toBuilder()
                    .setConstraints(
                            task.getConstraints().toBuilder().setTimeout(Durations.fromMillis(DEADLINE.toMillis())))
                    .build();
        }

        /** The router has to plan it, and a host to do it. */
        private static Task language() {
            return Task.newBuilder()
                    .setInstruction("Which language is this text written in?")
                    .addInputs(Artifact.newBuilder()
                            .setName("text")
                            .setType("text")
                            .setText("Die Lieferung ist gestern angekommen, aber zwei Kartons fehlen."))
                    .build();
        }

        @Override
        public Outcome round(long seed) throws Exception {
            Round round = new Round(seed);
            List<String> leaves = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> lanes = new ArrayList<>();
                for (int lane = 0; lane < LANES; lane++) {
                    lanes.add(threads.submit(() -> round.repeat("RunTask", () -> round.complete(run(chain("run"))))));
                    lanes.add(threads.submit(
                            () -> round.repeat("planned RunTask", () -> round.complete(run(language())))));
                    lanes.add(threads.submit(() -> round.repeat("SubmitTask", round::submitAndWatch)));
                    lanes.add(threads.submit(() -> round.repeat("reading", round::read)));
                }
                try {
                    for (RoleProcess process : leaving()) {
                        leaves.add(restart(process, round));
                    }
                } finally {
                    round.over = true;
                }
                for (Future<?> lane : lanes) {
                    lane.get();
                }
            }
            door.repeated().forEach((step, runs) -> round.failures.add(step + " came to its end " + runs + " times"));
            return new Outcome(
                    round.requests.get(),
                    round.failures.stream().limit(SHOWN).toList(),
                    round.failures.size() + " failures, " + round.watchedAgain
                            + " watches were told to go on elsewhere; " + String.join(", ", leaves));
        }

        /** With the seeded bug one is enough to see it. */
        private List<RoleProcess> leaving() {
            if (sabotage) {
                return roles.getLast().subList(0, 1);
            }
            return roles.stream()
                    .flatMap(role -> role.stream().limit(form == Form.SHORT ? 1 : role.size()))
                    .toList();
        }

        private String restart(RoleProcess process, Round round) throws Exception {
            RoleProcess.Leave leave = process.leave();
            if (leave.took().compareTo(MOST_LEAVING) > 0) {
                round.failures.add(process.name() + " took " + leave.took().toMillis() + " ms to leave");
            }
            if (!leave.saidSoBefore()) {
                round.failures.add(process.name() + " was ready until it was gone");
            }
            process.restart();
            return String.format(
                    Locale.ROOT,
                    "%s left in %.1f s",
                    process.name(),
                    leave.took().toMillis() / 1e3);
        }

        /** What callers saw. */
        private final class Round {
            private final AtomicLong requests = new AtomicLong();
            private final AtomicLong watchedAgain = new AtomicLong();
            private final Queue<String> failures = new ConcurrentLinkedQueue<>();
            private final AtomicLong next = new AtomicLong();
            private final long seed;
            /** Durable: others are on disk a moment after their answer. */
            private volatile String known = "";

            private volatile boolean over;

            private Round(long seed) {
                this.seed = seed;
            }

            private void repeat(String what, Runnable request) {
                while (!over) {
                    requests.incrementAndGet();
                    try {
                        request.run();
                    } catch (StatusRuntimeException e) {
                        failures.add(what + ": " + e.getMessage());
                    }
                }
            }

            private void complete(TaskResult result) {
                if (!isComplete(result)) {
                    failures.add("a task ended " + result.getStatus() + " "
                            + result.getError().getMessage()
                            + result.getRefusal().getMessage() + " " + result.getMissingList());
                }
            }

            /** Durable, and watched to its end; who is told to watch elsewhere does. */
            private void submitAndWatch() {
                String id = stub().submitTask(SubmitTaskRequest.newBuilder()
                                .setTask(chain(seed + "-" + next.getAndIncrement()))
                                .build())
                        .getTaskId();
                long seen = 0;
                while (true) {
                    try {
                        Iterator<WatchTaskResponse> events = stub().watchTask(WatchTaskRequest.newBuilder()
                                .setTaskId(id)
                                .setAfterSequence(seen)
                                .build());
                        while (events.hasNext()) {
                            var event = events.next().getEvent();
                            seen = event.getSequence();
                            if (event.hasEnded()) {
                                complete(event.getEnded());
                                known = id;
                                return;
                            }
                        }
                    } catch (StatusRuntimeException e) {
                        boolean told = e.getStatus().getCode() == Status.Code.UNAVAILABLE
                                && String.valueOf(e.getMessage()).contains("watch again");
                        if (!told) {
                            throw e;
                        }
                        watchedAgain.incrementAndGet();
                    }
                }
            }

            private void read() {
                var ignored = stub().listTasks(
                                ListTasksRequest.newBuilder().setPageSize(5).build());
                String id = known;
                if (!id.isEmpty()) {
                    requests.incrementAndGet();
                    var task = stub().getTask(
                                    GetTaskRequest.newBuilder().setTaskId(id).build());
                    if (!task.hasResult()) {
                        failures.add("a task has no result");
                    }
                }
            }
        }

        @Override
        public void close() throws Exception {
            channel.shutdownNow();
            roles.forEach(role -> role.forEach(RoleProcess::close));
            door.close();
            for (Balancer balancer : balancers) {
                balancer.close();
            }
            postgres.close();
        }
    }
}
