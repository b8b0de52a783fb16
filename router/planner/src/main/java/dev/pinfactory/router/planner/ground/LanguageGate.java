package dev.pinfactory.router.planner.ground;

/** Whether an instruction is in a language that the encoder was trained on. */
@FunctionalInterface
public interface LanguageGate {

    /** Probability, 0..1, that it is. */
    double knows(String instruction);
}
