package dev.pinfactory.proto.plan;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.type.TypeSchemas;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Port;
import java.util.ArrayList;
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
    private final Map<String, Integer> steps;
    private final Map<String, InputDescription> inputs;
    private final List<Optional<Contract>> specialists;

    PlanContext(Plan plan, TaskShape task, Contracts contracts, TypeSchemas schemas, Report report) {
        this.plan = plan;
        this.task = task;
        this.contracts = contracts;
        this.schemas = schemas;
        this.report = report;
        steps = HashMap.newHashMap(plan.getStepsCount());
        inputs = HashMap.newHashMap(task.inputs().size());
        specialists = new ArrayList<>(plan.getStepsCount());
        for (int i = 0; i < plan.getStepsCount(); i++) {
            steps.putIfAbsent(plan.getSteps(i).getId(), i);
            specialists.add(contracts.find(plan.getSteps(i).getSpecialist()));
        }
        for (InputDescription input : task.inputs()) {
            inputs.putIfAbsent(input.getName(), input);
        }
    }

    /** Where the first step of that id stands in the plan; -1 for an unknown one. */
    int index(String id) {
        return steps.getOrDefault(id, -1);
    }

    Optional<InputDescription> input(String name) {
        return Optional.ofNullable(inputs.get(name));
    }

    /** Of the specialist of a step, by the step's index. */
    Optional<Contract> contract(int step) {
        return specialists.get(step);
    }

    boolean isAssignable(String from, String to) {
        return contracts.types().isAssignable(from, to);
    }

    static Optional<Port> port(List<Port> ports, String name) {
        // Asked for every binding of every plan: by index it needs no iterator.
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).getName().equals(name)) {
                return Optional.of(ports.get(i));
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
