package dev.pinfactory.faults.security;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.management.ThreadMXBean;
import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.plan.PlanLimits;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.plan.Violation;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.specialists.sdk.serving.GrantCheck;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** S11: plans that are made to cost are refused at once, from nothing, with the rule that they break; and the caps are what they are said to be. */
public final class BoundedPlans implements Bar {
    @Override
    public String id() {
        return "S11";
    }

    @Override
    public String title() {
        return "plan bombs are refused within 10 ms and 1 MiB, by a typed error that names the rule; the caps are 64 steps, 16 levels, 32 edges, 1,000 items and one new request";
    }

    @Override
    public String unit() {
        return "bombs";
    }

    @Override
    public String sabotage() {
        return "the caps are a thousand times as high";
    }

    @Override
    public int rounds(Form form) {
        return switch (form) {
            case SHORT -> 1;
            case LONG -> 20;
        };
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Bombs(setting);
    }

    private static final class Bombs implements Trial {
        private static final int TRIES = 20;
        private static final long MOST_NANOS = 10_000_000;
        private static final long MOST_BYTES = 1 << 20;
        private static final int LENIENT = 1_000;
        private static final int JSON_BYTES = 5 << 20;
        private static final int JSON_DEPTH = 100_000;

        private final boolean sabotage;
        private final Map<String, ByteString> bombs = PlanBombs.all();
        private final PlanValidator validator;
        private final Door door;
        private final AdversaryRouter router;
        private final TestedOrchestrator orchestrator;
        private final ManagedChannel channel;

        private Bombs(Setting setting) throws IOException {
            sabotage = setting.sabotage();
            int times = sabotage ? LENIENT : 1;
            PlanLimits caps = PlanLimits.DEFAULT;
            PlanLimits limits = new PlanLimits(
                    caps.steps() * times, caps.depth() * times, caps.edges() * times, caps.items() * times);
            validator = new PlanValidator(Contracts.of(DoorContracts.ALL.toArray(Contract[]::new)), limits);
            door = new Door(GrantCheck.none());
            router = new AdversaryRouter(door);
            List<String> properties = new ArrayList<>(List.of(
                    "pinfactory.orchestrator.registry-address=" + door.address(),
                    "pinfactory.orchestrator.router.address=" + router.address()));
            if (sabotage) {
                properties.add("pinfactory.orchestrator.plans.steps=" + limits.steps());
            }
            orchestrator = TestedOrchestrator.start(
                    setting.folder().resolve("orchestrator"), (store, source) -> store, clock -> clock, properties);
            channel = Grpc.newChannelBuilder(orchestrator.address(), InsecureChannelCredentials.create())
                    .maxInboundMessageSize(16 << 20)
                    .build();
        }

        @Override
        public Outcome round(long seed) throws Exception {
            List<String> failures = new ArrayList<>();
            AttackedTask attacked = new AttackedTasks(new AttackedTask.Bounds(64, 1_000, 100_000, 1L << 40))
                    .next("bombs-" + seed, new Random(seed));
            Task task = attacked.task().toBuilder().clearConstraints().build();
            long slowest = 0;
            long largest = 0;
            for (Map.Entry<String, ByteString> bomb : bombs.entrySet()) {
                Cost cost = measured(bomb.getKey(), bomb.getValue(), TaskShape.of(task), failures);
                slowest = Math.max(slowest, cost.nanos());
                largest = Math.max(largest, cost.bytes());
                refusedByTheOrchestrator(bomb.getKey(), bomb.getValue(), task, failures);
            }
            deepJson(failures);
            caps(task, failures);
            asksOnceMore(attacked, failures);
            return new Outcome(
                    (long) bombs.size() * (TRIES + 1),
                    failures,
                    String.format(
                            Locale.ROOT,
                            "%d kinds; the dearest took %.1f ms of processor time (median of %d tries), the largest %d KiB",
                            bombs.size(),
                            slowest / 1e6,
                            TRIES,
                            largest >> 10));
        }

        /**
         * What checking a plan cost.
         *
         * @param nanos of processor time, the median
         * @param bytes the most that were allocated
         */
        private record Cost(long nanos, long bytes) {}

        /** Read anew for each try: what a message remembers of itself would make the second one cheap. */
        private Cost measured(String name, ByteString bomb, TaskShape task, List<String> failures)
                throws InvalidProtocolBufferException {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long[] nanos = new long[TRIES];
            long[] bytes = new long[TRIES];
            List<Violation> violations = List.of();
            for (int i = -TRIES; i < TRIES; i++) {
                Plan plan = Plan.parseFrom(bomb);
                long bytesBefore = threads.getCurrentThreadAllocatedBytes();
                long before = threads.getCurrentThreadCpuTime();
                violations = validator.validate(plan, task);
                if (i >= 0) {
                    nanos[i] = threads.getCurrentThreadCpuTime() - before;
                    bytes[i] = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
                }
            }
            Arrays.sort(nanos);
            Arrays.sort(bytes);
            Cost cost = new Cost(nanos[TRIES / 2], bytes[TRIES - 1]);
            if (violations.isEmpty()) {
                failures.add(name + ": no rule is against it");
            }
            if (cost.nanos() > MOST_NANOS || cost.bytes() > MOST_BYTES) {
                failures.add(name + ": refused only after " + cost);
            }
            return cost;
        }

        private void refusedByTheOrchestrator(String name, ByteString bomb, Task task, List<String> failures)
                throws InvalidProtocolBufferException {
            try {
                run(task.toBuilder().setPlan(Plan.parseFrom(bomb)).build());
                failures.add(name + ": it ran");
            } catch (StatusRuntimeException e) {
                PinfactoryException error = Errors.fromGrpc(e);
                if (error.code() != ErrorCode.PLAN_INVALID || error.violations().isEmpty()) {
                    failures.add(name + ": refused as " + error.code() + ": " + error.getMessage());
                }
            }
        }

        private TaskResult run(Task task) {
            return SwarmServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .runTask(RunTaskRequest.newBuilder().setTask(task).build())
                    .getResult();
        }

        /** 5 MiB of JSON, nested 100,000 deep, where a plan is expected. */
        private void deepJson(List<String> failures) throws IOException, InterruptedException {
            StringBuilder json = new StringBuilder("{\"instruction\": \"x\", \"plan\": ");
            json.append("{\"steps\": [".repeat(JSON_DEPTH / 2));
            json.append(" ".repeat(JSON_BYTES - json.length()));
            try (HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(URI.create(orchestrator.restAddress() + "/v1/tasks"))
                                .timeout(Duration.ofSeconds(20))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json.toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 400 || !answer.body().contains("nested deeper than 100")) {
                    failures.add("deep JSON: " + answer.statusCode() + " " + answer.body());
                }
            }
        }

        /** The largest that may be, and one more. */
        private void caps(Task task, List<String> failures) {
            Plan.Builder steps = Plan.newBuilder();
            for (int i = 0; i < 64; i++) {
                steps.addSteps(PlanBombs.echo(
                        "s" + i, i < 32 ? GrammarPlans.input("note", "") : GrammarPlans.output("s" + i % 32, "text")));
            }
            steps.addOutput(PlanBombs.chain(1, 0).getOutput(0));
            runs("64 steps", task, steps, failures);
            runs("16 levels", task, PlanBombs.chain(16, 0), failures);
            runs("32 edges", task, PlanBombs.fan(32), failures);
            Plan.Builder sources = Plan.newBuilder()
                    .addSteps(PlanBombs.join("s0", 1_000))
                    .addOutput(PlanBombs.chain(1, 0).getOutput(0));
            runs("1,000 items", task, sources, failures);
            // A request has at most 1,000 items in a list; with one more source they would be gathered to 1,001.
            Plan.Builder gathered = Plan.newBuilder()
                    .addSteps(PlanBombs.gathering("s0", GrammarPlans.input("many", ""), GrammarPlans.input("note", "")))
                    .addOutput(PlanBombs.chain(1, 0).getOutput(0));
            TaskResult items = run(withList(task, 1_000).setPlan(gathered).build());
            if (!items.getSteps(0).getCode().equals(ErrorCode.TOO_LARGE.name())) {
                failures.add("1,001 items ended as " + items.getSteps(0).getOutcome());
            }
        }

        private static Task.Builder withList(Task task, int items) {
            Artifact.Builder list = Artifact.newBuilder().setName("many").setType("text");
            for (int i = 0; i < items; i++) {
                list.getItemsBuilder()
                        .addItems(Artifact.newBuilder().setType("text").setText("x"));
            }
            return task.toBuilder().addInputs(list);
        }

        private void runs(String name, Task task, Plan.Builder plan, List<String> failures) {
            try {
                TaskResult result = run(task.toBuilder().setPlan(plan).build());
                if (result.getStatus() != TaskResult.Status.COMPLETE) {
                    failures.add(name + ": " + result.getStatus() + " "
                            + result.getError().getMessage());
                }
            } catch (StatusRuntimeException e) {
                failures.add(name + ": " + e.getMessage());
            }
        }

        private void asksOnceMore(AttackedTask attacked, List<String> failures) {
            String instruction = attacked.task().getInstruction();
            String token = instruction.substring(instruction.lastIndexOf(' ') + 1);
            Plan unknown = Plan.newBuilder()
                    .addSteps(
                            PlanBombs.echo("s0", GrammarPlans.input("note", "")).setContractDigest("of yesterday"))
                    .build();
            long before = router.asked();
            router.attack(
                    token, attacked, PlanResponse.newBuilder().setPlan(unknown).build());
            TaskResult result = run(attacked.task());
            router.forget(token);
            if (result.getStatus() != TaskResult.Status.REFUSED || router.asked() - before != 2) {
                failures.add("a plan for another catalogue: asked " + (router.asked() - before) + " times, "
                        + result.getStatus());
            }
        }

        @Override
        public void close() {
            channel.shutdownNow();
            orchestrator.close();
            router.close();
            door.close();
        }
    }
}
