package dev.pinfactory.orchestrator.service.quota;

import java.math.BigDecimal;

/** What was used, or is added to it. */
record Use(long tasks, double cpuSeconds, BigDecimal llm) {
    static final Use NOTHING = new Use(0, 0, BigDecimal.ZERO);

    static Use task() {
        return new Use(1, 0, BigDecimal.ZERO);
    }

    Use plus(Use more) {
        return new Use(tasks + more.tasks, cpuSeconds + more.cpuSeconds, llm.add(more.llm));
    }

    boolean isNothing() {
        return tasks == 0 && cpuSeconds == 0 && llm.signum() == 0;
    }
}
