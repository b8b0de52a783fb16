package dev.pinfactory.registry.service.rollout;

import dev.pinfactory.proto.v1.Version.State;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * When a version of a specialist moves by itself.
 *
 * @param automatic whether versions move on by themselves
 * @param rollback whether versions that disappoint go back by themselves, also those that a person moved
 * @param approval states that only a person lets a version into: CANARY (for its first share), CHAMPION
 * @param level the probability at most that a version which is as good as the champion is rolled back in a stage, by all tests together
 * @param shortest how long a stage lasts at least, so that slow failures are told, too
 * @param shadowCalls how many calls are compared before a shadow gets tasks
 * @param minAgreement the share of compared calls that have to say the same as the champion
 * @param canarySteps shares of the tasks, in percent, one after the other
 * @param canaryCalls how many calls a canary has to answer at each step
 * @param errorMargin by how much the share of failed calls may be above the champion's
 * @param abstentionMargin by how much the share of abstentions may be above the champion's
 * @param latencyRatio how many times as long as the champion's 99th percentile calls may take; one in a hundred more than the champion's may take longer
 * @param latencyFloor what is faster is fast enough
 * @param correctionMargin by how much the share of results that people found wrong may be above the champion's
 * @param probation how long a new champion can be rolled back by itself
 */
public record RolloutPolicy(
        boolean automatic,
        boolean rollback,
        Set<State> approval,
        double level,
        Duration shortest,
        int shadowCalls,
        double minAgreement,
        List<Integer> canarySteps,
        int canaryCalls,
        double errorMargin,
        double abstentionMargin,
        double latencyRatio,
        Duration latencyFloor,
        double correctionMargin,
        Duration probation) {

    private static final int ALL = 100;
    private static final Set<State> APPROVABLE = EnumSet.of(State.SHADOW, State.CANARY, State.CHAMPION);

    public RolloutPolicy {
        approval = Set.copyOf(approval);
        canarySteps = List.copyOf(canarySteps);
        require(APPROVABLE.containsAll(approval), "approval", approval, "some of " + APPROVABLE);
        require(level > 0 && level < 1, "level", level, "above 0 and below 1");
        require(!shortest.isNegative(), "shortest", shortest, "not negative");
        require(shadowCalls >= 0, "shadow-calls", shadowCalls, "0 or more");
        require(isShare(minAgreement), "min-agreement", minAgreement, "0 to 1");
        require(isRising(canarySteps), "canary-steps", canarySteps, "rising percents from 1 to 99, at least one");
        require(canaryCalls > 0, "canary-calls", canaryCalls, "above 0");
        require(isShare(errorMargin), "error-margin", errorMargin, "0 to 1");
        require(isShare(abstentionMargin), "abstention-margin", abstentionMargin, "0 to 1");
        require(latencyRatio >= 1, "latency-ratio", latencyRatio, "1 or more");
        require(!latencyFloor.isNegative(), "latency-floor", latencyFloor, "not negative");
        require(isShare(correctionMargin), "correction-margin", correctionMargin, "0 to 1");
        require(!probation.isNegative(), "probation", probation, "not negative");
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "pinfactory.registry.rollout." + name + " is " + value + ", expected " + expected);
        }
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }

    private static boolean isRising(List<Integer> steps) {
        int last = 0;
        for (int step : steps) {
            if (step <= last || step >= ALL) {
                return false;
            }
            last = step;
        }
        return last > 0;
    }
}
