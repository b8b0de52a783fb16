package dev.pinfactory.proto.plan;

import static dev.pinfactory.proto.plan.Report.quoted;

import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.ParameterBinding;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Fallbacks: same capability and assignable ports, so that whatever is bound fits them too and whatever they answer fits those who wait for it.
 * A large language model takes any step over; it only has to be allowed.
 */
final class FallbackRules {
    private final PlanContext context;

    FallbackRules(PlanContext context) {
        this.context = context;
    }

    void check(Step step, Contract contract) {
        if (step.getFallbacksCount() == 0) {
            return;
        }
        Set<String> seen = new HashSet<>(Set.of(step.getSpecialist()));
        for (int i = 0; i < step.getFallbacksCount(); i++) {
            Fallback fallback = step.getFallbacks(i);
            String field = "fallbacks[" + i + "]";
            if (!seen.add(fallback.getSpecialist())) {
                context.report.add(
                        step.getId(),
                        field,
                        Rule.DUPLICATE,
                        quoted(fallback.getSpecialist()) + " has had its turn before");
            }
            Optional<Contract> other = context.contracts.find(fallback.getSpecialist());
            SpecialistRules.check(
                    context, step.getId(), field, fallback.getSpecialist(), fallback.getContractDigest(), other);
            names(step, fallback, field);
            if (other.isPresent() && other.get().getKind() != Contract.Kind.LLM) {
                standsIn(step, contract, fallback, other.get(), field);
            }
        }
    }

    /** What was bound to two names may not arrive under one: nobody could say which of the two it is, and no grant either. */
    private void names(Step step, Fallback fallback, String field) {
        Set<String> ports = new HashSet<>();
        for (InputBinding input : step.getInputsList()) {
            once(step, field, ports, fallback.getPortsOrDefault(input.getPort(), input.getPort()));
        }
        Set<String> parameters = new HashSet<>();
        for (ParameterBinding binding : step.getParametersList()) {
            once(step, field, parameters, fallback.getPortsOrDefault(binding.getParameter(), binding.getParameter()));
        }
    }

    private void once(Step step, String field, Set<String> names, String name) {
        if (!names.add(name)) {
            add(step, field, "two of the step's bindings would be its " + quoted(name));
        }
    }

    private void standsIn(Step step, Contract contract, Fallback fallback, Contract other, String field) {
        if (!contract.getCapability().equals(other.getCapability())) {
            add(
                    step,
                    field,
                    "it does " + quoted(other.getCapability()) + " and the step needs "
                            + quoted(contract.getCapability()));
            return;
        }
        Set<String> fed = new HashSet<>();
        for (InputBinding input : step.getInputsList()) {
            String theirs = fallback.getPortsOrDefault(input.getPort(), input.getPort());
            fed.add(theirs);
            Optional<Port> ours = PlanContext.port(contract.getInputsList(), input.getPort());
            ours.ifPresent(port -> input(step, port, PlanContext.port(other.getInputsList(), theirs), field));
        }
        for (ParameterBinding binding : step.getParametersList()) {
            String theirs = fallback.getPortsOrDefault(binding.getParameter(), binding.getParameter());
            fed.add(theirs);
            parameter(step, contract, binding, PlanContext.parameter(other, theirs), field);
        }
        for (Port port : other.getInputsList()) {
            if (!port.getOptional() && !fed.contains(port.getName())) {
                add(step, field, "its input " + quoted(port.getName()) + " would have nothing");
            }
        }
        for (Parameter parameter : other.getParametersList()) {
            if (parameter.getRequired() && !parameter.hasDefaultValue() && !fed.contains(parameter.getName())) {
                add(step, field, "its parameter " + quoted(parameter.getName()) + " would have nothing");
            }
        }
        for (Port port : contract.getOutputsList()) {
            String theirs = fallback.getPortsOrDefault(port.getName(), port.getName());
            output(step, port, PlanContext.port(other.getOutputsList(), theirs), field);
        }
    }

    private void input(Step step, Port ours, Optional<Port> theirs, String field) {
        if (theirs.isEmpty()) {
            add(step, field, "it has no input for " + quoted(ours.getName()));
        } else if (!context.isAssignable(ours.getType(), theirs.get().getType())
                || PlanContext.isMany(ours) != PlanContext.isMany(theirs.get())) {
            add(
                    step,
                    field,
                    "its input " + quoted(theirs.get().getName()) + " does not take what " + quoted(ours.getName())
                            + " takes");
        }
    }

    private void output(Step step, Port ours, Optional<Port> theirs, String field) {
        if (theirs.isEmpty()) {
            add(step, field, "it has no output for " + quoted(ours.getName()));
        } else if (!context.isAssignable(theirs.get().getType(), ours.getType())
                || PlanContext.isMany(ours) != PlanContext.isMany(theirs.get())) {
            add(
                    step,
                    field,
                    "its output " + quoted(theirs.get().getName()) + " can't stand for " + quoted(ours.getName()));
        }
    }

    private void parameter(
            Step step, Contract contract, ParameterBinding binding, Optional<Parameter> theirs, String field) {
        Optional<Parameter> ours = PlanContext.parameter(contract, binding.getParameter());
        if (theirs.isEmpty()) {
            add(step, field, "it has no parameter for " + quoted(binding.getParameter()));
        } else if (ours.isPresent() && ours.get().getKind() != theirs.get().getKind()) {
            add(
                    step,
                    field,
                    "its parameter " + quoted(theirs.get().getName()) + " is a "
                            + theirs.get().getKind());
        }
    }

    private void add(Step step, String field, String message) {
        context.report.add(step.getId(), field, Rule.FALLBACK, message);
    }
}
