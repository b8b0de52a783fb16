package dev.pinfactory.router.service;

import dev.pinfactory.router.llm.LlmPlanner;
import dev.pinfactory.router.planner.Planner;
import java.util.Optional;

/** The LLM planner where one is configured; its connections end with the router. */
record Escalation(Optional<LlmPlanner> llm) implements AutoCloseable {

    Optional<Planner> planner() {
        return llm.map(planner -> planner);
    }

    @Override
    public void close() {
        llm.ifPresent(LlmPlanner::close);
    }
}
