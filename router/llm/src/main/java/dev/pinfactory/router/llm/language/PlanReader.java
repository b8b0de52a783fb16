package dev.pinfactory.router.llm.language;

import dev.pinfactory.chat.json.OneObject;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.plan.Violation;
import dev.pinfactory.proto.type.TypeSchemas;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.router.llm.language.PlanAnswer.Invalid;
import dev.pinfactory.router.llm.language.PlanAnswer.Nothing;
import dev.pinfactory.router.llm.language.PlanAnswer.Valid;
import dev.pinfactory.router.planner.Clearance;
import dev.pinfactory.router.planner.PlanningRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** From what a model wrote to a plan that breaks no rule, or to all the reasons why it is none. There is no third way out. */
public final class PlanReader {
    private static final int MAX_PROBLEMS = 20;

    private final PlanningRequest request;
    private final double confidence;
    private final TaskShape shape;
    private final TypeSchemas schemas;
    private final PlanValidator validator;

    /**
     * @param confidence what a valid plan gets
     */
    public PlanReader(PlanningRequest request, double confidence) {
        this.request = request;
        this.confidence = confidence;
        this.shape = TaskShape.of(request.request());
        this.schemas = TypeSchemas.of(request.contracts().types());
        this.validator = new PlanValidator(request.contracts());
    }

    public PlanAnswer read(String written) {
        OneObject.Found found = OneObject.in(written, "plan", node -> node.has("steps"));
        if (found.object().isEmpty()) {
            return new Invalid(List.of(found.problem()));
        }
        return read(found.object().get());
    }

    private PlanAnswer read(JsonNode root) {
        SketchReader reader = new SketchReader();
        Sketch sketch = reader.read(root);
        if (!reader.problems().isEmpty()) {
            return invalid(reader.problems().stream());
        }
        Translator translator = new Translator(request, schemas, confidence);
        if (sketch.steps().isEmpty()) {
            return new Nothing(refusal(sketch, translator));
        }
        Plan plan = Clearance.of(translator.translate(sketch), shape, request.contracts(), Set.of());
        List<Violation> violations = validator.validate(plan, shape);
        if (!translator.problems().isEmpty() || !violations.isEmpty()) {
            return invalid(Stream.concat(
                    translator.problems().stream(),
                    violations.stream().map(violation -> inItsNames(violation, translator))));
        }
        Plan complete = new Fallbacks(request.contracts(), validator, shape).added(plan);
        return new Valid(Translator.sealed(complete));
    }

    private static Refusal refusal(Sketch sketch, Translator translator) {
        boolean understood = !sketch.notPossible().isEmpty();
        return Refusal.newBuilder()
                .setReason(understood ? Refusal.Reason.NO_SPECIALIST : Refusal.Reason.NOT_UNDERSTOOD)
                .setMessage(
                        understood
                                ? "it found no specialist for what is asked"
                                : "it found nothing that a specialist does")
                .addAllUnmet(translator.unmet(sketch))
                .build();
    }

    private static String inItsNames(Violation violation, Translator translator) {
        String where = violation.step().isEmpty() ? "" : "step '" + translator.nameOf(violation.step()) + "', ";
        return where + violation.field() + ": " + violation.message();
    }

    private static Invalid invalid(Stream<String> problems) {
        List<String> lines = new ArrayList<>();
        problems.map(Texts::line).distinct().limit(MAX_PROBLEMS).forEach(lines::add);
        return new Invalid(lines);
    }
}
