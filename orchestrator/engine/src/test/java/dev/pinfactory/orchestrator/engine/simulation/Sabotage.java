package dev.pinfactory.orchestrator.engine.simulation;

import dev.pinfactory.orchestrator.engine.Action;
import dev.pinfactory.orchestrator.engine.Budget;
import dev.pinfactory.orchestrator.engine.CallId;
import dev.pinfactory.orchestrator.engine.Ending;
import dev.pinfactory.orchestrator.engine.Event;
import dev.pinfactory.orchestrator.engine.ExecutionRequest;
import dev.pinfactory.orchestrator.engine.ExecutionSettings;
import dev.pinfactory.orchestrator.engine.StepOutcome;
import dev.pinfactory.orchestrator.engine.StepRecord;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Outputs;
import dev.pinfactory.proto.v1.TaskResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Seeded bugs, and the invariant that has to find each. What no bug can break, no test protects. */
enum Sabotage {
    STARTS_DEPENDENTS_BEFORE_THE_COMMIT(Invariant.JournalBeforeDependents) {
        @Override
        Engine spoil(Engine engine) {
            return event -> {
                List<Action> actions = new ArrayList<>(engine.on(event));
                for (int i = 0; i < actions.size(); i++) {
                    if (actions.get(i) instanceof Action.Commit commit) {
                        OptionalInt item = commit.commit().hasItem()
                                ? OptionalInt.of(commit.commit().getItem())
                                : OptionalInt.empty();
                        String step = commit.commit().getReport().getStep();
                        actions.addAll(engine.on(new Event.Committed(event.at(), step, item)));
                    }
                }
                return actions;
            };
        }
    },
    INVENTS_ANSWERS(Invariant.NoStepBeforeItsInputs, Invariant.OutcomesWereAnswered) {
        @Override
        Engine spoil(Engine engine) {
            return event -> {
                List<Action> actions = new ArrayList<>(engine.on(event));
                for (int i = 0; i < actions.size(); i++) {
                    if (actions.get(i) instanceof Action.Call call) {
                        actions.addAll(engine.on(new Event.Answered(event.at(), call.id(), invented(call))));
                    }
                }
                return actions;
            };
        }
    },
    FORGETS_TO_CANCEL(Invariant.CancelReachesAll) {
        @Override
        Engine spoil(Engine engine) {
            return event -> engine.on(event).stream()
                    .filter(action -> !(action instanceof Action.CancelCall))
                    .toList();
        }
    },
    ENDS_TWICE(Invariant.EndsExactlyOnce) {
        @Override
        Engine spoil(Engine engine) {
            return twice(engine, Action.End.class);
        }
    },
    NEVER_ENDS(Invariant.EndsExactlyOnce) {
        @Override
        Engine spoil(Engine engine) {
            return event -> engine.on(event).stream()
                    .filter(action -> !(action instanceof Action.End))
                    .toList();
        }
    },
    SLEEPS_THROUGH_DEADLINES(Invariant.EndsExactlyOnce, Invariant.WithinDeadline) {
        @Override
        Engine spoil(Engine engine) {
            return event -> engine.on(event).stream()
                    .filter(action -> !(action instanceof Action.WakeAt))
                    .toList();
        }
    },
    REPORTS_STEPS_TWICE(Invariant.EachStepEndsOnce) {
        @Override
        Engine spoil(Engine engine) {
            return twice(engine, Action.StepEnded.class);
        }
    },
    CALLS_IT_COMPLETE(Invariant.StatusMatchesOutcomes) {
        @Override
        Engine spoil(Engine engine) {
            return ending(
                    engine,
                    ending -> new Ending(TaskResult.Status.COMPLETE, ending.error(), ending.steps(), ending.cost()));
        }
    },
    MIXES_UP_ITEMS(Invariant.OutcomesWereAnswered) {
        @Override
        Engine spoil(Engine engine) {
            return ending(
                    engine,
                    ending -> new Ending(
                            ending.status(),
                            ending.error(),
                            ending.steps().stream().map(Sabotage::reversed).toList(),
                            ending.cost()));
        }
    },
    TRIES_ALL_AT_ONCE(Invariant.FallbacksInOrder) {
        @Override
        Engine spoil(Engine engine) {
            return event -> {
                List<Action> actions = new ArrayList<>();
                for (Action action : engine.on(event)) {
                    actions.add(action);
                    if (action instanceof Action.Call call) {
                        CallId next = new CallId(
                                call.id().step(), call.id().item(), call.id().attempt() + 1);
                        actions.add(new Action.Call(next, call.request(), call.deadline()));
                    }
                }
                return actions;
            };
        }
    },
    FORGETS_THE_JOURNAL(Invariant.CompletedStepsNeverRunAgain) {
        @Override
        Engine.Factory factory() {
            return (scenario, journal) -> Engine.Factory.sound().make(scenario, List.of());
        }
    },
    OPENS_THE_WINDOW_TOO_WIDE(Invariant.ItemsWithinWindow) {
        @Override
        Engine.Factory factory() {
            return (scenario, journal) -> {
                ExecutionSettings settings = scenario.settings();
                return Engine.Factory.sound()
                        .make(
                                new Scenario(
                                        scenario.request(),
                                        with(settings, settings.itemWindow() + 1, settings.budget())),
                                journal);
            };
        }
    },
    OVERSPENDS(Invariant.BudgetHolds) {
        @Override
        Engine.Factory factory() {
            return (scenario, journal) -> {
                ExecutionSettings settings = scenario.settings();
                return Engine.Factory.sound()
                        .make(
                                new Scenario(
                                        scenario.request(), with(settings, settings.itemWindow(), Budget.unlimited())),
                                journal);
            };
        }
    },
    READS_THE_WRONG_DEADLINE(Invariant.WithinDeadline) {
        @Override
        Engine.Factory factory() {
            return (scenario, journal) -> {
                ExecutionRequest request = scenario.request();
                ExecutionRequest late = new ExecutionRequest(
                        request.context(),
                        request.plan(),
                        request.contracts(),
                        request.instruction(),
                        request.inputs(),
                        request.versions(),
                        request.deadline().plus(Duration.ofSeconds(10)));
                return Engine.Factory.sound().make(new Scenario(late, scenario.settings()), journal);
            };
        }
    };

    private final Set<Invariant> finders;

    Sabotage(Invariant... finders) {
        this.finders = Set.of(finders);
    }

    Set<Invariant> finders() {
        return finders;
    }

    Engine.Factory factory() {
        return (scenario, journal) -> spoil(Engine.Factory.sound().make(scenario, journal));
    }

    Engine spoil(Engine engine) {
        return engine;
    }

    private static Engine twice(Engine engine, Class<? extends Action> which) {
        return event -> {
            List<Action> actions = new ArrayList<>();
            for (Action action : engine.on(event)) {
                actions.addAll(Collections.nCopies(which.isInstance(action) ? 2 : 1, action));
            }
            return actions;
        };
    }

    private static Engine ending(Engine engine, java.util.function.UnaryOperator<Ending> how) {
        return event -> engine.on(event).stream()
                .map(action ->
                        action instanceof Action.End end ? new Action.End(end.at(), how.apply(end.ending())) : action)
                .toList();
    }

    private static ExecutionSettings with(ExecutionSettings settings, int window, Budget budget) {
        return new ExecutionSettings(
                settings.durable(),
                settings.allowPartial(),
                settings.minFieldConfidence(),
                window,
                settings.maxItems(),
                settings.defaultEstimate(),
                settings.minReserve(),
                budget);
    }

    private static InferResponse invented(Action.Call call) {
        boolean spare = call.request().getSpecialist().startsWith("spare");
        Artifact text = Artifact.newBuilder()
                .setName(spare ? "gives" : "out")
                .setType("text")
                .setText(call.id().step() + "#invented")
                .setConfidence(1)
                .build();
        Artifact list = Artifact.newBuilder()
                .setName(spare ? "rows" : "list")
                .setType("text")
                .setItems(ArtifactList.getDefaultInstance())
                .setConfidence(1)
                .build();
        return InferResponse.newBuilder()
                .setOutputs(Outputs.newBuilder().addArtifacts(text).addArtifacts(list))
                .build();
    }

    private static StepRecord reversed(StepRecord record) {
        if (record.items().isEmpty() || !(record.outcome() instanceof StepOutcome.Succeeded succeeded)) {
            return record;
        }
        List<Artifact> outputs = new ArrayList<>();
        for (Artifact output : succeeded.outputs()) {
            List<Artifact> items = new ArrayList<>(output.getItems().getItemsList());
            Collections.reverse(items);
            outputs.add(output.toBuilder()
                    .setItems(output.getItems().toBuilder().clearItems().addAllItems(items))
                    .build());
        }
        return new StepRecord(new StepOutcome.Succeeded(outputs), record.items(), record.report());
    }
}
