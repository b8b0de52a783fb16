package dev.pinfactory.proto.plan;

import static dev.pinfactory.proto.plan.Report.quoted;

import dev.pinfactory.proto.plan.Sources.Delivered;
import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What feeds the input ports of a step: each port known, bound once, of the right type and number. */
final class InputRules {
    private final PlanContext context;
    private final Sources sources;
    private final TypeRules types;

    InputRules(PlanContext context, Sources sources, TypeRules types) {
        this.context = context;
        this.sources = sources;
        this.types = types;
    }

    void check(Step step, Contract contract) {
        Set<String> bound = HashSet.newHashSet(step.getInputsCount());
        for (InputBinding input : step.getInputsList()) {
            Optional<Port> port = PlanContext.port(contract.getInputsList(), input.getPort());
            if (port.isEmpty()) {
                context.report.add(
                        step.getId(),
                        field(input.getPort()),
                        Rule.UNKNOWN_REFERENCE,
                        quoted(contract.getId()) + " has no input " + quoted(input.getPort()) + "; it has "
                                + contract.getInputsList().stream()
                                        .map(Port::getName)
                                        .toList());
            } else if (!bound.add(input.getPort())) {
                context.report.add(
                        step.getId(), field(input.getPort()), Rule.DUPLICATE, "the port is bound more than once");
            } else {
                binding(step, port.get(), input);
            }
        }
        for (Port port : contract.getInputsList()) {
            if (!port.getOptional() && !bound.contains(port.getName())) {
                context.report.add(
                        step.getId(),
                        field(port.getName()),
                        Rule.MISSING,
                        quoted(contract.getId()) + " needs this input of type " + quoted(port.getType()));
            }
        }
        if (!step.getForEach().isEmpty()) {
            iteration(step, contract, bound);
        }
    }

    private void iteration(Step step, Contract contract, Set<String> bound) {
        for (Port port : contract.getOutputsList()) {
            if (PlanContext.isMany(port)) {
                context.report.add(
                        step.getId(),
                        "for_each",
                        Rule.CARDINALITY,
                        "output " + quoted(port.getName()) + " is a list already; lists of lists are not supported");
            }
        }
        if (!bound.contains(step.getForEach())) {
            context.report.add(
                    step.getId(),
                    "for_each",
                    Rule.UNKNOWN_REFERENCE,
                    quoted(step.getForEach()) + " is not a bound input");
        }
    }

    private void binding(Step step, Port port, InputBinding input) {
        String field = field(port.getName());
        if (input.getSourcesCount() == 0) {
            context.report.add(step.getId(), field, Rule.MISSING, "the binding has no source");
        }
        boolean iterated = step.getForEach().equals(port.getName());
        for (Binding source : input.getSourcesList()) {
            if (source.hasParameterDefault()) {
                context.report.add(step.getId(), field, Rule.TYPE, "an input has no default; only parameters have");
                continue;
            }
            Optional<Delivered> delivered = sources.delivered(step.getId(), field, source);
            delivered.ifPresent(value -> {
                type(step, port, field, value);
                if (input.getSourcesCount() == 1) {
                    cardinality(step, port, field, value, iterated);
                }
            });
        }
        if (input.getSourcesCount() > 1 && (iterated || !PlanContext.isMany(port))) {
            context.report.add(
                    step.getId(),
                    field,
                    Rule.CARDINALITY,
                    input.getSourcesCount() + " sources; "
                            + (iterated ? "for_each iterates" : "a port of cardinality one takes") + " exactly one");
        }
        if (iterated && PlanContext.isMany(port)) {
            context.report.add(
                    step.getId(),
                    "for_each",
                    Rule.CARDINALITY,
                    quoted(port.getName())
                            + " takes the whole list at once; only a port of cardinality one is iterated");
        }
    }

    private void type(Step step, Port port, String field, Delivered value) {
        if (!types.fits(value, port.getType())) {
            context.report.add(
                    step.getId(),
                    field,
                    Rule.TYPE,
                    (value.part() ? "a part of " : "") + "type " + quoted(value.type()) + " comes; the port wants "
                            + quoted(port.getType()));
        }
    }

    private void cardinality(Step step, Port port, String field, Delivered value, boolean iterated) {
        if (iterated && !value.many()) {
            context.report.add(
                    step.getId(), field, Rule.CARDINALITY, "for_each needs a list; this binding delivers one value");
        }
        if (!iterated && value.many() && !PlanContext.isMany(port)) {
            context.report.add(
                    step.getId(),
                    field,
                    Rule.CARDINALITY,
                    "a list comes and the port takes one; name the port in for_each to call the step for each item");
        }
    }

    private static String field(String port) {
        return "inputs[" + port + "]";
    }
}
