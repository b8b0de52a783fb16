package dev.pinfactory.orchestrator.engine.simulation;

import dev.pinfactory.orchestrator.engine.Action;
import dev.pinfactory.orchestrator.engine.CallId;
import dev.pinfactory.orchestrator.engine.Event;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Abstention;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Outputs;
import dev.pinfactory.proto.v1.StepCommit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Specialists, journal, clock and caller of one run, all on one thread: what happens next is the earliest thing in a queue. */
final class World {
    /** Far more than any run needs; a run that gets here does not end. */
    private static final int MOST_HAPPENINGS = 20_000;

    private final SplittableRandom random;
    private final Scenario scenario;
    private final Faults faults;
    private final Engine.Factory engines;
    private final Invariants invariants;
    private final Map<String, StepCommit> journal = new LinkedHashMap<>();
    private final PriorityQueue<Happening> queue =
            new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparing(Happening::order));

    private Engine engine;
    private Instant now = Scenario.START;
    private int incarnation;
    private long order;
    private long answers;

    /** Something that will happen to one incarnation of the process. */
    private record Happening(Instant at, long order, int incarnation, Runnable what) {}

    World(long seed, Engine.Factory engines) {
        random = new SplittableRandom(seed);
        scenario = Scenario.random(random);
        faults = Faults.random(random);
        this.engines = engines;
        invariants = new Invariants(scenario);
        engine = engines.make(scenario, List.of());
    }

    /** Runs to the end.
     *
     * @return how many events it took
     * @throws Broken when an invariant does not hold
     */
    int run() {
        later(0, () -> tell(new Event.Started(now)));
        int happened = 0;
        while (!queue.isEmpty()) {
            Happening next = queue.remove();
            now = next.at;
            if (next.incarnation == incarnation) {
                next.what.run();
            }
            if (++happened > MOST_HAPPENINGS) {
                throw new Broken(Invariant.EndsExactlyOnce, "no end after " + happened + " events");
            }
        }
        if (!invariants.isEnded()) {
            throw new Broken(Invariant.EndsExactlyOnce, "nothing is left to happen, and there was no end");
        }
        return happened;
    }

    private void tell(Event event) {
        List<Action> actions = engine.on(event);
        for (Action action : actions) {
            invariants.action(action, now);
        }
        actions.forEach(this::perform);
        mischief();
    }

    private void mischief() {
        if (invariants.isEnded()) {
            return;
        }
        if (Faults.happens(random, faults.cancel())) {
            later(random.nextInt(50), () -> {
                if (!invariants.isEnded()) {
                    invariants.cancelRequested();
                }
                tell(new Event.CancelRequested(now, "enough"));
            });
        }
        if (Faults.happens(random, faults.noise())) {
            CallId unknown = CallId.single("s" + random.nextInt(12), random.nextInt(7, 9));
            tell(new Event.CallFailed(now, unknown, ErrorCode.INTERNAL, "noise"));
            tell(new Event.Committed(now, "nobody", OptionalInt.of(random.nextInt(3))));
            tell(new Event.Tick(now.minusMillis(random.nextInt(5))));
        }
        if (scenario.settings().durable() && Faults.happens(random, faults.crash())) {
            crash();
        }
    }

    private void crash() {
        incarnation++;
        Instant goesOn = now.plusMillis(random.nextInt(30));
        invariants.crashed(journal, goesOn);
        engine = engines.make(scenario, List.copyOf(journal.values()));
        at(goesOn, () -> tell(new Event.Started(now)));
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Call call -> call(call);
            case Action.Commit commit -> commit(commit.commit());
            case Action.WakeAt wake -> at(wake.at(), () -> tell(new Event.Tick(now)));
            case Action.CancelCall cancel -> {}
            case Action.StepBegan began -> {}
            case Action.StepEnded ended -> {}
            case Action.End end -> {}
        }
    }

    private void commit(StepCommit commit) {
        OptionalInt item = commit.hasItem() ? OptionalInt.of(commit.getItem()) : OptionalInt.empty();
        String step = commit.getReport().getStep();
        String key = Invariants.key(step, item);
        int writing = Faults.happens(random, faults.lateJournal()) ? random.nextInt(200) : random.nextInt(3);
        later(writing, () -> {
            journal.putIfAbsent(key, commit);
            invariants.committed(key);
            later(random.nextInt(3), () -> tell(new Event.Committed(now, step, item)));
            if (Faults.happens(random, faults.duplicate())) {
                later(random.nextInt(20), () -> tell(new Event.Committed(now, step, item)));
            }
        });
    }

    private void call(Action.Call call) {
        if (Faults.happens(random, faults.lost())) {
            return;
        }
        int takes = Faults.happens(random, faults.slow()) ? random.nextInt(3_000) : random.nextInt(60);
        boolean twice = Faults.happens(random, faults.duplicate());
        if (Faults.happens(random, faults.fail())) {
            later(takes, () -> fail(call.id()));
            return;
        }
        if (Faults.happens(random, faults.abstain())) {
            InferResponse response = InferResponse.newBuilder()
                    .setAbstention(Abstention.newBuilder().setReason("unsure"))
                    .build();
            later(takes, () -> {
                invariants.over(call.id());
                tell(new Event.Answered(now, call.id(), response));
            });
            return;
        }
        boolean enough = !Faults.happens(random, faults.lowConfidence());
        boolean broken = Faults.happens(random, faults.broken());
        List<Artifact> outputs = outputs(call, enough, broken);
        InferResponse response = InferResponse.newBuilder()
                .setOutputs(Outputs.newBuilder().addAllArtifacts(outputs))
                .setCost(Cost.newBuilder().setCpuSeconds(0.001))
                .build();
        Runnable answer = () -> {
            if (broken) {
                invariants.over(call.id());
            } else {
                invariants.delivered(call.id(), outputs, enough);
            }
            tell(new Event.Answered(now, call.id(), response));
        };
        later(takes, answer);
        if (twice) {
            later(takes + random.nextInt(100), answer);
        }
    }

    private void fail(CallId call) {
        invariants.over(call);
        tell(new Event.CallFailed(now, call, ErrorCode.SPECIALIST_FAILED, "fell over"));
    }

    private List<Artifact> outputs(Action.Call call, boolean enough, boolean broken) {
        boolean spare = call.request().getSpecialist().startsWith("spare");
        double confidence = enough ? 0.5 + random.nextDouble() / 2 : random.nextDouble() / 2;
        String text = Invariants.key(call.id()) + "#" + answers++;
        List<Artifact> outputs = new ArrayList<>();
        outputs.add(Artifact.newBuilder()
                .setName(spare ? "gives" : "out")
                .setType(broken ? "image" : "text")
                .setConfidence(confidence)
                .setText(text)
                .build());
        ArtifactList.Builder list = ArtifactList.newBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.addItems(Artifact.newBuilder()
                    .setType("text")
                    .setConfidence(confidence)
                    .setText(text + "." + i));
        }
        outputs.add(Artifact.newBuilder()
                .setName(spare ? "rows" : "list")
                .setType("text")
                .setConfidence(confidence)
                .setItems(list)
                .build());
        return outputs;
    }

    private void later(int millis, Runnable what) {
        at(now.plusMillis(millis).plusNanos(random.nextInt(1_000_000)), what);
    }

    private void at(Instant when, Runnable what) {
        queue.add(new Happening(when.isBefore(now) ? now : when, order++, incarnation, what));
    }
}
