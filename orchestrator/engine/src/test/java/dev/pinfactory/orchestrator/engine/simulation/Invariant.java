package dev.pinfactory.orchestrator.engine.simulation;

/** What holds in every run, whatever goes wrong. */
enum Invariant {
    /** An execution that can end does, once, and does nothing afterwards. */
    EndsExactlyOnce,
    /** What goes into a call was the answer of the step that it is bound to, and of no other. */
    NoStepBeforeItsInputs,
    /** The end comes before the task's deadline, and every call's deadline lies before that. */
    WithinDeadline,
    /** At the end no call is in flight that was not told to stop. */
    CancelReachesAll,
    /** In a durable execution a call's inputs are in the journal. */
    JournalBeforeDependents,
    /** What is in the journal is never called again. */
    CompletedStepsNeverRunAgain,
    /** No more items of a step are in flight than the window allows. */
    ItemsWithinWindow,
    /** The status is what a second, plain reading of the outcomes says. */
    StatusMatchesOutcomes,
    /** A step's outputs are an answer that really came, and lists are in input order. */
    OutcomesWereAnswered,
    /** Each step is reported as ended once. */
    EachStepEndsOnce,
    /** Fallbacks are tried in order, one at a time, and none after a good answer. */
    FallbacksInOrder,
    /** No more calls than the budget allows, and the cost counts each. */
    BudgetHolds
}
