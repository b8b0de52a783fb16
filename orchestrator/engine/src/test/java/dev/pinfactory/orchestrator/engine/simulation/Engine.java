package dev.pinfactory.orchestrator.engine.simulation;

import dev.pinfactory.orchestrator.engine.Action;
import dev.pinfactory.orchestrator.engine.Event;
import dev.pinfactory.orchestrator.engine.Execution;
import dev.pinfactory.proto.v1.StepCommit;
import java.util.List;

/** What the world drives: an execution, or one with a seeded bug. */
@FunctionalInterface
interface Engine {
    List<Action> on(Event event);

    /** Makes an engine for a new task (empty journal) or after a crash. */
    @FunctionalInterface
    interface Factory {
        Engine make(Scenario scenario, List<StepCommit> journal);

        static Factory sound() {
            return (scenario, journal) -> {
                Execution execution = journal.isEmpty()
                        ? Execution.create(scenario.request(), scenario.settings())
                        : Execution.resume(scenario.request(), scenario.settings(), journal);
                return execution::on;
            };
        }
    }
}
