package dev.pinfactory.router.llm.language;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.plan.DefaultMapping;
import dev.pinfactory.proto.plan.Normalizers;
import dev.pinfactory.proto.type.TypeSchemas;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.InstructionSpan.Normalizer;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.ParameterBinding;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.TaskInput;
import dev.pinfactory.proto.v1.UnmetRequest;
import dev.pinfactory.router.planner.PlanningRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a plan of a sketch. What the model may decide is taken over where it can be resolved; ids, digests, required, the mapping without a schema and
 * the digest are ours. What can't be resolved is a problem, and left out. One thread, one sketch.
 */
final class Translator {
    private final PlanRequest request;
    private final PlanningRequest planning;
    private final double confidence;
    private final InstructionWords words;
    private final ConditionTranslator conditions;
    private final Naming naming = new Naming();
    private final List<String> problems = new ArrayList<>();

    Translator(PlanningRequest planning, TypeSchemas schemas, double confidence) {
        this.planning = planning;
        this.request = planning.request();
        this.confidence = confidence;
        this.words = new InstructionWords(request.getInstruction());
        this.conditions = new ConditionTranslator(words, schemas);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    /** What the model calls the step of that id. */
    String nameOf(String id) {
        return naming.nameOf(id);
    }

    Plan translate(Sketch sketch) {
        Set<String> mapped = mapped(sketch);
        for (Sketch.Step step : sketch.steps()) {
            Optional<Contract> contract = planning.contracts().find(step.specialist());
            boolean delivers = request.hasOutputSchema() ? mapped.contains(step.name()) : step.deliver();
            if (!naming.add(step.name(), step(step, contract, delivers), contract)) {
                problems.add("two steps have the name '" + step.name() + "'");
            }
        }
        Plan.Builder plan = Plan.newBuilder()
                .addAllSteps(naming.steps())
                .setConfidence(confidence)
                .setPlanner(Plan.Planner.LLM)
                .setCatalogDigest(planning.catalogDigest())
                .addAllUnmet(unmet(sketch));
        outputs(plan, sketch.output());
        return plan.build();
    }

    /** With a schema the result consists of what is mapped, whatever else the model says. */
    private Set<String> mapped(Sketch sketch) {
        Set<String> names = new HashSet<>();
        for (Sketch.Delivery delivery : sketch.output()) {
            for (String text : delivery.from()) {
                Reference.parse(text, request.getInputsList())
                        .filter(Reference.OfStep.class::isInstance)
                        .ifPresent(reference -> names.add(((Reference.OfStep) reference).step()));
            }
        }
        return names;
    }

    List<UnmetRequest> unmet(Sketch sketch) {
        return sketch.notPossible().stream().map(this::unmet).toList();
    }

    private UnmetRequest unmet(Sketch.NotPossible part) {
        UnmetRequest.Builder unmet =
                UnmetRequest.newBuilder().setText(Texts.line(part.quote())).setReason(Texts.line(part.reason()));
        words.exact(part.quote(), Optional.empty()).ifPresent(unmet::setSpan);
        return unmet.build();
    }

    private Step step(Sketch.Step sketch, Optional<Contract> contract, boolean delivers) {
        // Words that are not there would point nowhere; people lose a hint, and the plan loses nothing.
        Optional<Span> askedBy = words.exact(sketch.askedBy(), Optional.empty());
        boolean partial = !request.getConstraints().hasAllowPartial()
                || request.getConstraints().getAllowPartial();
        Step.Builder step = Step.newBuilder()
                .setId(naming.id(sketch.specialist()))
                .setSpecialist(sketch.specialist())
                .setContractDigest(
                        planning.contracts().digestOf(sketch.specialist()).orElse(""))
                .setForEach(sketch.forEach())
                .setDeliverable(delivers)
                .setRequired(delivers && !partial)
                .setReason(Texts.line(sketch.reason()))
                .setConfidence(confidence);
        askedBy.ifPresent(step::addAskedBy);
        for (Sketch.Feed feed : sketch.inputs()) {
            InputBinding.Builder input = InputBinding.newBuilder().setPort(feed.port());
            feed.from().forEach(text -> source(text, where(sketch, feed.port())).ifPresent(input::addSources));
            step.addInputs(input);
        }
        for (Sketch.Setting setting : sketch.parameters()) {
            parameter(sketch, setting, contract, askedBy).ifPresent(step::addParameters);
        }
        sketch.when().ifPresent(test -> {
            ConditionTranslator.Read read = conditions.read(test, output(test.output(), where(sketch, "when")), naming);
            read.condition().ifPresent(step::setWhen);
            read.problems().forEach(problem -> problems.add(where(sketch, "when") + ": " + problem));
        });
        return step.build();
    }

    private Optional<Binding> source(String text, String where) {
        Optional<Reference> reference = Reference.parse(text, request.getInputsList());
        if (reference.isEmpty()) {
            problems.add(where + ": '" + Texts.quotable(text) + "' is neither input:NAME nor step:NAME.OUTPUT");
            return Optional.empty();
        }
        return switch (reference.get()) {
            case Reference.OfInput input ->
                Optional.of(Binding.newBuilder()
                        .setTaskInput(
                                TaskInput.newBuilder().setName(input.name()).setPointer(input.pointer()))
                        .build());
            case Reference.OfStep step ->
                resolved(step, where)
                        .map(output ->
                                Binding.newBuilder().setStepOutput(output).build());
        };
    }

    private Optional<StepOutput> output(String text, String where) {
        Optional<Reference> reference = Reference.parse(text, request.getInputsList());
        if (reference.isPresent() && reference.get() instanceof Reference.OfStep step) {
            return resolved(step, where);
        }
        problems.add(where + ": '" + Texts.quotable(text) + "' is not step:NAME.OUTPUT");
        return Optional.empty();
    }

    private Optional<StepOutput> resolved(Reference.OfStep reference, String where) {
        Optional<Naming.Known> step = naming.find(reference.step());
        if (step.isEmpty()) {
            problems.add(where + ": there is no step '" + Texts.quotable(reference.step()) + "' before this one");
        }
        return step.map(known -> StepOutput.newBuilder()
                .setStep(known.id())
                .setOutput(reference.output())
                .setPointer(reference.pointer())
                .build());
    }

    private Optional<ParameterBinding> parameter(
            Sketch.Step sketch, Sketch.Setting setting, Optional<Contract> contract, Optional<Span> askedBy) {
        if (contract.isEmpty()) {
            // The specialist itself is the problem.
            return Optional.empty();
        }
        Parameter parameter = contract.get().getParametersList().stream()
                .filter(each -> each.getName().equals(setting.parameter()))
                .findFirst()
                // Validation says that there is no such parameter.
                .orElse(Parameter.newBuilder().setName(setting.parameter()).build());
        Normalizer normalizer = Normalizers.forKind(parameter.getKind());
        Optional<Span> exact = words.exact(setting.quote(), askedBy);
        Optional<Span> span = exact.filter(found -> Normalizers.normalize(normalizer, parameter, words.at(found))
                        .isPresent())
                .or(() -> words.readAs(setting.quote(), normalizer, parameter))
                .or(() -> exact);
        if (span.isEmpty()) {
            problems.add(where(sketch, setting.parameter()) + ": '" + Texts.quotable(setting.quote())
                    + "' does not stand in the instruction; quote its exact words or leave the parameter out");
        }
        return span.map(found -> ParameterBinding.newBuilder()
                .setParameter(setting.parameter())
                .setSource(Binding.newBuilder()
                        .setInstruction(InstructionSpan.newBuilder()
                                .setStart(found.getStart())
                                .setEnd(found.getEnd())
                                .setNormalizer(normalizer)))
                .build());
    }

    private void outputs(Plan.Builder plan, List<Sketch.Delivery> deliveries) {
        if (!request.hasOutputSchema()) {
            if (!deliveries.isEmpty()) {
                problems.add("output: there is no output_schema to fill; leave it empty and use deliver");
            }
            plan.addAllOutput(DefaultMapping.of(plan.build(), planning.contracts()));
            return;
        }
        OutputPlaces places = new OutputPlaces(request.getOutputSchema());
        for (Sketch.Delivery delivery : deliveries) {
            String where = "output " + Texts.quotable(delivery.target());
            List<StepOutput> sources = delivery.from().stream()
                    .flatMap(text -> output(text, where).stream())
                    .toList();
            if (!places.has(delivery.target())) {
                problems.add(where + ": the output_schema has no such place");
            }
            plan.addOutput(OutputMapping.newBuilder()
                    .setTarget(delivery.target())
                    .addAllSources(sources)
                    .setConfidence(confidence));
        }
    }

    /** The plan with its digest: the last thing that is done to it. */
    static Plan sealed(Plan plan) {
        return plan.toBuilder().setDigest(Digests.of(plan)).build();
    }

    private static String where(Sketch.Step step, String field) {
        return "step '" + Texts.quotable(step.name()) + "', " + Texts.quotable(field);
    }
}
