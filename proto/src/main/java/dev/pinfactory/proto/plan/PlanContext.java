package dev.pinfactory.proto.plan;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.type.TypeSchemas;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan, the task it is for, and the contracts it names: what every rule looks things up in. */
final class PlanContext {
    final Plan plan;
    final TaskShape task;
    final Contracts contracts;
    final TypeSchemas schemas;
    final Report report;
    private final Map<String, Integer> steps = new HashMap<>();
    private final Map<String, InputDescription> inputs = new HashMap<>();

    PlanContext(Plan plan, TaskShape task, Contracts contracts, TypeSchemas schemas, Report report) {
        this.plan = plan;
        this.task = task;
        this.contracts = contracts;
        this.schemas = schemas;
        this.report = report;
        for (int i = 0; i < plan.getStepsCount(); i++) {
            steps.putIfAbsent(plan.getSteps(i).getId(), i);
        }
        for (InputDescription input : task.inputs()) {
            inputs.putIfAbsent(input.getName(), input);
        }
    }

    /** The first step of that id. */
    Optional<Step> step(String id) {
        int index = index(id);
        return index < 0 ? Optional.empty() : Optional.of(plan.getSteps(index));
    }

    /** Where the first step of that id stands in the plan; -1 for an unknown one. */
    int index(String id) {
        return steps.getOrDefault(id, -1);
    }

    Optional<InputDescription> input(String name) {
        return Optional.ofNullable(inputs.get(name));
    }

    Optional<Contract> contract(Step step) {
        return contracts.find(step.getSpecialist());
    }

    boolean isAssignable(String from, String to) {
        return contracts.types().isAssignable(from, to);
    }

    static Optional<Port> port(List<Port> ports, String name) {
        for (Port port : ports) {
            if (port.getName().equals(name)) {
                return Optional.of(port);
            }
        }
        return Optional.empty();
    }

    static Optional<Parameter> parameter(Contract contract, String name) {
        for (Parameter parameter : contract.getParametersList()) {
            if (parameter.getName().equals(name)) {
                return Optional.of(parameter);
            }
        }
        return Optional.empty();
    }

    static boolean isMany(Port port) {
        return port.getCardinality() == Port.Cardinality.MANY;
    }
}
