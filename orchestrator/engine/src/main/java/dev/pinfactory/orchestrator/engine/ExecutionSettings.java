package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.v1.Constraints;
import java.time.Duration;

/**
 * How an execution behaves.
 *
 * @param durable whether a step's outcome has to be committed before its dependents start
 * @param allowPartial false makes every deliverable step required
 * @param minFieldConfidence an answer below it goes to the next fallback; when none is left the most confident answer is used
 * @param itemWindow how many items of one for_each step run at once
 * @param maxItems how many items one for_each step may have
 * @param defaultEstimate how long a call takes when its version has no cost hint
 * @param minReserve what is kept at least of the task's time for merge and answer; otherwise 5 %
 * @param budget what the task may spend
 */
public record ExecutionSettings(
        boolean durable,
        boolean allowPartial,
        double minFieldConfidence,
        int itemWindow,
        int maxItems,
        Duration defaultEstimate,
        Duration minReserve,
        Budget budget) {
    public ExecutionSettings {
        if (minFieldConfidence < 0 || minFieldConfidence > 1) {
            throw new IllegalArgumentException("minFieldConfidence is " + minFieldConfidence + ", wanted 0 to 1");
        }
        if (itemWindow < 1 || maxItems < 1) {
            throw new IllegalArgumentException("itemWindow and maxItems are at least 1");
        }
        if (defaultEstimate.isNegative() || defaultEstimate.isZero() || minReserve.isNegative()) {
            throw new IllegalArgumentException("defaultEstimate is positive, minReserve not negative");
        }
    }

    /** Not durable, partial results allowed, the documented caps, no limit on spending but 10,000 calls. */
    public static ExecutionSettings defaults() {
        return new ExecutionSettings(
                false, true, 0.5, 16, 1_000, Duration.ofMillis(200), Duration.ofMillis(20), Budget.unlimited());
    }

    /** These settings with what the caller of a task asks for. */
    public ExecutionSettings with(Constraints constraints) {
        return new ExecutionSettings(
                durable,
                constraints.hasAllowPartial() ? constraints.getAllowPartial() : allowPartial,
                constraints.hasMinFieldConfidence() ? constraints.getMinFieldConfidence() : minFieldConfidence,
                itemWindow,
                maxItems,
                defaultEstimate,
                minReserve,
                constraints.hasCostCeiling() ? budget.with(constraints.getCostCeiling()) : budget);
    }

    public ExecutionSettings withMaxItems(int newMaxItems) {
        return new ExecutionSettings(
                durable,
                allowPartial,
                minFieldConfidence,
                itemWindow,
                newMaxItems,
                defaultEstimate,
                minReserve,
                budget);
    }

    public ExecutionSettings withBudget(Budget newBudget) {
        return new ExecutionSettings(
                durable,
                allowPartial,
                minFieldConfidence,
                itemWindow,
                maxItems,
                defaultEstimate,
                minReserve,
                newBudget);
    }

    public ExecutionSettings withDurable(boolean newDurable) {
        return new ExecutionSettings(
                newDurable,
                allowPartial,
                minFieldConfidence,
                itemWindow,
                maxItems,
                defaultEstimate,
                minReserve,
                budget);
    }
}
