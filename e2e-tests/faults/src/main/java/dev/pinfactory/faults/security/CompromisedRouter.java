package dev.pinfactory.faults.security;

import com.google.protobuf.TextFormat;
import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.plan.PlanLimits;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.specialists.sdk.grant.GrantKeys;
import dev.pinfactory.specialists.sdk.grant.GrantSigner;
import dev.pinfactory.specialists.sdk.grant.GrantVerifier;
import dev.pinfactory.specialists.sdk.serving.GrantCheck;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** S8: the router belongs to an adversary who knows every task. What runs all the same is counted where it arrives, by what the caller sent and allowed. */
public final class CompromisedRouter implements Bar {
    private static final int PLANS = 20_000;
    private static final int LONG_ROUNDS = 50;
    /** Of the plans that the validator refuses, one in so many goes to the orchestrator all the same. */
    private static final int SHORT_SHARE = 8;

    private static final int LONG_SHARE = 40;

    @Override
    public String id() {
        return "S8";
    }

    @Override
    public String title() {
        return "a router that was taken over makes nothing run that the caller did not allow, with nothing that is not the caller's, within the budgets; "
                + "forged, replayed and swapped grants open no door";
    }

    @Override
    public String unit() {
        return "plans of an adversary";
    }

    @Override
    public String sabotage() {
        return "the orchestrator loses what the caller allows, and the specialists check no grants";
    }

    @Override
    public int rounds(Form form) {
        return switch (form) {
            case SHORT -> 1;
            case LONG -> LONG_ROUNDS;
        };
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Attacks(setting);
    }

    private static final class Attacks implements Trial {
        private static final AttackedTask.Bounds BOUNDS = new AttackedTask.Bounds(64, 1_000, 150, 4 << 20);
        private static final int CALLERS = 24;
        private static final int SABOTAGED_PLANS = 300;
        private static final int SABOTAGED_GRANTS = 16;
        private static final int GRANTS = 1_600;
        private static final int ENOUGH_FAILURES = 20;
        private static final int SHOWN = 1_500;

        private final boolean sabotage;
        private final int plans;
        private final int refusedOneIn;
        private final AttackedTasks tasks = new AttackedTasks(BOUNDS);
        private final PlanValidator validator =
                new PlanValidator(Contracts.of(DoorContracts.ALL.toArray(Contract[]::new)), PlanLimits.DEFAULT);
        private final Door door;
        private final AdversaryRouter router;
        private final TestedOrchestrator orchestrator;
        private final ManagedChannel channel;
        private final GrantAttacks grants;

        private Attacks(Setting setting) throws IOException {
            sabotage = setting.sabotage();
            plans = sabotage ? SABOTAGED_PLANS : PLANS;
            refusedOneIn = setting.form() == Form.SHORT ? SHORT_SHARE : LONG_SHARE;
            KeyPair keys = GrantKeys.generate();
            Path keyFile =
                    Files.writeString(setting.folder().resolve("grants.pem"), GrantKeys.toPem(keys.getPrivate()));
            door = new Door(
                    sabotage ? GrantCheck.none() : new GrantVerifier(List.of(keys.getPublic()), Clock.systemUTC()));
            router = new AdversaryRouter(door);
            grants = new GrantAttacks(new GrantSigner(keys.getPrivate()), door.address());
            orchestrator = TestedOrchestrator.start(
                    setting.folder().resolve("orchestrator"),
                    (store, source) -> store,
                    clock -> clock,
                    List.of(
                            "pinfactory.orchestrator.registry-address=" + door.address(),
                            "pinfactory.orchestrator.router.address=" + router.address(),
                            "pinfactory.orchestrator.grants.private-key-file=" + keyFile,
                            // What became of a task is not read again: the disk is not what is tried here.
                            "pinfactory.orchestrator.store.record-queue=1",
                            "pinfactory.orchestrator.tasks.max-calls=" + BOUNDS.calls(),
                            "pinfactory.orchestrator.tasks.max-input-bytes=" + BOUNDS.bytes() + "B"));
            channel = Grpc.newChannelBuilder(orchestrator.address(), InsecureChannelCredentials.create())
                    .maxInboundMessageSize(16 << 20)
                    .build();
        }

        @Override
        public Outcome round(long seed) throws InterruptedException {
            long callsBefore = door.calls();
            Queue<String> failures = new ConcurrentLinkedQueue<>();
            AtomicInteger made = new AtomicInteger();
            AtomicInteger sent = new AtomicInteger();
            AtomicInteger ran = new AtomicInteger();
            try (ExecutorService callers =
                    Executors.newFixedThreadPool(CALLERS, Thread.ofVirtual().factory())) {
                for (int i = 0; i < CALLERS; i++) {
                    callers.execute(() -> {
                        int number = made.incrementAndGet();
                        while (number <= plans && failures.size() < ENOUGH_FAILURES) {
                            attack(seed + "-" + number, new Random(seed * PLANS + number), sent, ran, failures);
                            number = made.incrementAndGet();
                        }
                    });
                }
            }
            failures.addAll(grants.letIn(sabotage ? SABOTAGED_GRANTS : GRANTS, new Random(seed)));
            failures.addAll(door.strays());
            return new Outcome(
                    plans,
                    List.copyOf(failures),
                    "%d of %d plans went to the orchestrator, the others were refused by its validator in this process; %d ran, in %d calls at the specialists' door; %d forged, swapped, replayed or late grants"
                            .formatted(sent.get(), plans, ran.get(), door.calls() - callsBefore, GRANTS));
        }

        /** One plan. Whatever the validator lets through is sent; of what it refuses a share, to see that the orchestrator refuses the same. */
        private void attack(
                String token, Random random, AtomicInteger sent, AtomicInteger ran, Queue<String> failures) {
            AttackedTask attacked = tasks.next(token, random);
            PlanResponse answer = AdversarialPlans.answer(attacked.task(), random);
            boolean refused = answer.hasPlan()
                    && !validator
                            .validate(answer.getPlan(), TaskShape.of(attacked.task()))
                            .isEmpty();
            if (refused && !sabotage && random.nextInt(refusedOneIn) > 0) {
                return;
            }
            sent.incrementAndGet();
            List<String> broken = new ArrayList<>();
            TaskResult result = TaskResult.getDefaultInstance();
            router.attack(token, attacked, answer);
            try {
                result = run(sabotage ? withoutConstraints(attacked.task()) : attacked.task());
                broken.addAll(wrong(result));
            } catch (StatusRuntimeException e) {
                if (e.getStatus().getCode() != Status.Code.RESOURCE_EXHAUSTED) {
                    broken.add("the call ended as " + e.getStatus());
                }
            }
            router.forget(token);
            broken.addAll(attacked.end());
            boolean steps = result.getStepsCount() > 0;
            ran.addAndGet(steps ? 1 : 0);
            if (refused && steps && !sabotage) {
                broken.add("a plan that the validator refuses ran");
            }
            if (!broken.isEmpty()) {
                String text = TextFormat.printer().emittingSingleLine(true).printToString(answer);
                failures.add(broken + " by " + text.substring(0, Math.min(SHOWN, text.length())));
            }
        }

        private TaskResult run(Task task) {
            return SwarmServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(40, TimeUnit.SECONDS)
                    .runTask(RunTaskRequest.newBuilder().setTask(task).build())
                    .getResult();
        }

        private static Task withoutConstraints(Task task) {
            return task.toBuilder()
                    .setConstraints(Constraints.newBuilder().setMayEscalate(true))
                    .build();
        }

        /** What a plan must not do to the answer either. */
        private static List<String> wrong(TaskResult result) {
            List<String> wrong = new ArrayList<>();
            if (result.getState() != TaskResult.State.ENDED) {
                wrong.add("the task has not ended");
            }
            if (result.getError().getCode().equals(ErrorCode.INTERNAL.name())) {
                wrong.add("the orchestrator failed: " + result.getError().getMessage());
            }
            Plan.Planner planner = result.getPlan().getPlanner();
            if (planner == Plan.Planner.CALLER
                    || planner == Plan.Planner.PINNED
                    || !result.getPlan().getPinnedAs().isEmpty()) {
                wrong.add("the router's plan is told as " + planner + " '"
                        + result.getPlan().getPinnedAs() + "'");
            }
            if (result.getCost().getLlm().getValue().startsWith("-")
                    || result.getCost().getCpuSeconds() < 0) {
                wrong.add("the router's cost is negative: " + result.getCost());
            }
            return wrong;
        }

        @Override
        public void close() {
            channel.shutdownNow();
            grants.close();
            orchestrator.close();
            router.close();
            door.close();
        }
    }
}
