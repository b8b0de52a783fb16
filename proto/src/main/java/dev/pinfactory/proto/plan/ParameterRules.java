package dev.pinfactory.proto.plan;

import static dev.pinfactory.proto.plan.Report.quoted;

import dev.pinfactory.proto.plan.Sources.Delivered;
import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.ParameterBinding;
import dev.pinfactory.proto.v1.Step;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What sets the parameters of a step: known, set once, readable as their kind. */
final class ParameterRules {
    private final PlanContext context;
    private final Sources sources;
    private final TypeRules types;

    ParameterRules(PlanContext context, Sources sources, TypeRules types) {
        this.context = context;
        this.sources = sources;
        this.types = types;
    }

    void check(Step step, Contract contract) {
        Set<String> bound = HashSet.newHashSet(step.getParametersCount());
        for (ParameterBinding binding : step.getParametersList()) {
            String field = field(binding.getParameter());
            Optional<Parameter> parameter = PlanContext.parameter(contract, binding.getParameter());
            if (parameter.isEmpty()) {
                context.report.add(
                        step.getId(),
                        field,
                        Rule.UNKNOWN_REFERENCE,
                        quoted(contract.getId()) + " has no parameter " + quoted(binding.getParameter()) + "; it has "
                                + contract.getParametersList().stream()
                                        .map(Parameter::getName)
                                        .toList());
            } else if (!bound.add(binding.getParameter())) {
                context.report.add(step.getId(), field, Rule.DUPLICATE, "the parameter is set more than once");
            } else {
                source(step.getId(), field, parameter.get(), binding.getSource());
            }
        }
        for (Parameter parameter : contract.getParametersList()) {
            if (parameter.getRequired() && !parameter.hasDefaultValue() && !bound.contains(parameter.getName())) {
                context.report.add(
                        step.getId(),
                        field(parameter.getName()),
                        Rule.MISSING,
                        quoted(contract.getId()) + " needs this parameter and has no default for it");
            }
        }
    }

    private void source(String step, String field, Parameter parameter, Binding source) {
        if (source.hasParameterDefault()) {
            if (!parameter.hasDefaultValue()) {
                context.report.add(step, field, Rule.PARAMETER, "the parameter has no default");
            }
            return;
        }
        if (source.hasInstruction()) {
            words(step, field, parameter, source.getInstruction());
            return;
        }
        Optional<Delivered> delivered = sources.delivered(step, field, source);
        if (delivered.isEmpty()) {
            return;
        }
        if (delivered.get().many()) {
            context.report.add(step, field, Rule.CARDINALITY, "a list comes; a parameter takes one value");
        }
        if (!types.fits(delivered.get(), parameter.getKind())) {
            context.report.add(
                    step,
                    field,
                    Rule.PARAMETER,
                    "type " + quoted(delivered.get().type()) + " comes, which can't be read as " + parameter.getKind());
        }
    }

    private void words(String step, String field, Parameter parameter, InstructionSpan span) {
        Optional<String> words = CodePoints.slice(context.task.instruction(), span.getStart(), span.getEnd());
        if (words.isEmpty()) {
            sources.spanOutside(step, field, span);
            return;
        }
        if (!Normalizers.fits(span.getNormalizer(), parameter.getKind())) {
            context.report.add(
                    step,
                    field,
                    Rule.PARAMETER,
                    "normalizer " + span.getNormalizer() + " does not make a " + parameter.getKind());
            return;
        }
        if (Normalizers.normalize(span.getNormalizer(), parameter, words.get()).isEmpty()) {
            String allowed = parameter.getAllowedValuesCount() == 0
                    ? ""
                    : " of "
                            + CodePoints.shortened(
                                    parameter.getAllowedValuesList().toString(), 200);
            context.report.add(
                    step,
                    field,
                    Rule.INSTRUCTION_SPAN,
                    "the words " + quoted(words.get()) + " can't be read as " + parameter.getKind() + allowed);
        }
    }

    private static String field(String parameter) {
        return "parameters[" + parameter + "]";
    }
}
