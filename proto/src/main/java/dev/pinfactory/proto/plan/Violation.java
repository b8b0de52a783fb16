package dev.pinfactory.proto.plan;

import dev.pinfactory.proto.error.FieldViolation;

/**
 * One rule that a plan breaks.
 *
 * @param step id of the step, or empty where the plan as a whole breaks it
 * @param field path inside the step (or the plan), such as {@code inputs[image]} or {@code output[0].target}
 * @param rule which rule it is
 * @param message what came and what was expected
 */
public record Violation(String step, String field, Rule rule, String message) {
    /** The rules of a plan. */
    public enum Rule {
        /** More steps, edges, levels, items or bytes than the limits allow. */
        TOO_LARGE,
        /** A step without an id, or with one that is not a plain name. */
        STEP_ID,
        /** Two things of the same name where names have to differ. */
        DUPLICATE,
        /** A name of a step, an input, a port or a parameter that does not exist. */
        UNKNOWN_REFERENCE,
        /** Steps that wait for each other. */
        CYCLE,
        /** A specialist that is not in the catalogue. */
        UNKNOWN_SPECIALIST,
        /** The specialist's contract is another one than the plan was made for. */
        CONTRACT_DIGEST,
        /** The task's constraints, or the specialist's kind, do not allow it. */
        NOT_ALLOWED,
        /** Something that has to be there is not. */
        MISSING,
        /** The value's type does not fit. */
        TYPE,
        /** One where a list is wanted, or the other way round. */
        CARDINALITY,
        /** A parameter that its binding can't set. */
        PARAMETER,
        /** Words of the instruction that are not there, or can't be read as what is wanted. */
        INSTRUCTION_SPAN,
        /** A condition that can't be decided. */
        CONDITION,
        /** A fallback that can't stand in. */
        FALLBACK,
        /** A JSON Pointer that is malformed, or has nothing to point into. */
        POINTER,
        /** An output mapping that can't be carried out. */
        OUTPUT,
        /** A specialist would see data that it may not see. */
        DATA_CLASS,
        /** A number outside its range. */
        RANGE
    }

    public FieldViolation toFieldViolation() {
        return new FieldViolation(step.isEmpty() ? field : "steps[" + step + "]." + field, message);
    }
}
