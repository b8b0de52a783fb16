package dev.pinfactory.router.llm.language;

import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Refusal;
import java.util.List;

/** What a model's answer comes to. */
public sealed interface PlanAnswer {
    /** A plan that breaks no rule. */
    record Valid(Plan plan) implements PlanAnswer {}

    /** The model says that nothing can be done, in the form that was asked for. */
    record Nothing(Refusal refusal) implements PlanAnswer {}

    /** No plan, or one that breaks rules: each in the words and names that the model used. */
    record Invalid(List<String> problems) implements PlanAnswer {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
