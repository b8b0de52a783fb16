package dev.pinfactory.specialists.clauses;

import dev.pinfactory.specialists.learning.evaluation.ClassifierEvaluation;
import java.util.Optional;

/** Measures on clause_ledgar_small: {@code {"text", "label"}}, one a line. */
public final class ProvisionEvaluation extends ClassifierEvaluation {
    /** For the service loader. */
    public ProvisionEvaluation() {
        super("clauses", "text", "provision");
    }

    @Override
    public String model() {
        return "ledgar";
    }

    @Override
    public Optional<Class<?>> served() {
        return Optional.of(ProvisionSpecialist.class);
    }
}
