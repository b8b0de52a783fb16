package dev.pinfactory.orchestrator.engine;

/** Why a step was not run. */
public enum SkipReason {
    /** Its condition was false. Never makes a result partial. */
    CONDITION,
    /** A step that it needs was itself skipped because of a condition. Never makes a result partial either. */
    UPSTREAM_CONDITION,
    /** A step that it needs failed, abstained, was cancelled or was skipped for such a cause. */
    UPSTREAM_FAILED;

    /** Whether the plan itself foresaw that the step might not run. */
    public boolean byCondition() {
        return this != UPSTREAM_FAILED;
    }
}
