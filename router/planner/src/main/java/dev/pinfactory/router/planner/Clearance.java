package dev.pinfactory.router.planner;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.plan.DataClassFlow;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.router.planner.bind.StepIds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a specialist that clears classes of data in front of one that may not see them: a translator without clearance gets the text without its personal
 * data. Where nobody clears them, or what is read is no whole that can be cleared, the plan stays as it is and breaks the rule.
 */
public final class Clearance {
    private final Contracts contracts;
    private final Set<String> forbidden;
    private final Map<String, InputDescription> inputs = new HashMap<>();
    private final DataClassFlow flow;
    private final StepIds ids = new StepIds();
    private final Set<String> taken = new HashSet<>();
    private final List<Step> steps = new ArrayList<>();

    private Clearance(Plan plan, TaskShape task, Contracts contracts, Set<String> forbidden) {
        this.contracts = contracts;
        this.forbidden = forbidden;
        this.flow = new DataClassFlow(task.inputs());
        task.inputs().forEach(input -> inputs.put(input.getName(), input));
        plan.getStepsList().forEach(step -> taken.add(step.getId()));
    }

    /**
     * The plan with what it lacks.
     *
     * @param plan whose steps stand after those that they read
     * @param contracts that the plan may use
     * @param forbidden ids of contracts that are not brought in
     */
    public static Plan of(Plan plan, TaskShape task, Contracts contracts, Set<String> forbidden) {
        Clearance clearance = new Clearance(plan, task, contracts, forbidden);
        plan.getStepsList().forEach(clearance::add);
        return plan.toBuilder().clearSteps().addAllSteps(clearance.steps).build();
    }

    private void add(Step step) {
        Optional<Contract> reader = contracts.find(step.getSpecialist());
        if (reader.isEmpty()) {
            steps.add(step);
            return;
        }
        Step.Builder cleared = step.toBuilder();
        for (InputBinding.Builder input : cleared.getInputsBuilderList()) {
            for (Binding.Builder source : input.getSourcesBuilderList()) {
                if (!refused(reader.get(), flow.of(source.build())).isEmpty()) {
                    cleared(source.build(), input.getPort(), reader.get(), step)
                            .ifPresent(output -> source.setStepOutput(output));
                }
            }
        }
        append(cleared.build(), reader.get());
    }

    private void append(Step step, Contract specialist) {
        flow.comesOut(step, DataClassFlow.after(specialist, flow.into(step)));
        taken.add(step.getId());
        steps.add(step);
    }

    /** The output of the step that clears what the reader would read: one that is there, or one that is put there. */
    private Optional<StepOutput> cleared(Binding source, String port, Contract reader, Step step) {
        for (Contract contract : contracts.all()) {
            Optional<Port> reads = onlyInput(contract);
            Optional<Port> gives = contract.getOutputsList().stream()
                    .filter(output -> isReadBy(reader, port, output.getType()))
                    .findFirst();
            if (reads.isPresent() && gives.isPresent() && clears(contract, reads.get(), source, reader)) {
                Step clearing = there(contract, reads.get(), source).orElseGet(() -> {
                    Step inserted = inserted(contract, reads.get(), source, step);
                    append(inserted, contract);
                    return inserted;
                });
                return Optional.of(StepOutput.newBuilder()
                        .setStep(clearing.getId())
                        .setOutput(gives.get().getName())
                        .build());
            }
        }
        return Optional.empty();
    }

    private boolean clears(Contract contract, Port reads, Binding source, Contract reader) {
        Collection<String> seen = flow.of(source);
        return contract.getKind() != Contract.Kind.LLM
                && !forbidden.contains(contract.getId())
                && type(source)
                        .filter(type -> contracts.types().isAssignable(type, reads.getType()))
                        .isPresent()
                && refused(contract, seen).isEmpty()
                && refused(reader, DataClassFlow.after(contract, seen)).isEmpty();
    }

    private Step inserted(Contract contract, Port reads, Binding source, Step reader) {
        return Step.newBuilder()
                .setId(unused(contract.getId()))
                .setSpecialist(contract.getId())
                .setContractDigest(contracts.digestOf(contract.getId()).orElseThrow())
                .addInputs(InputBinding.newBuilder().setPort(reads.getName()).addSources(source))
                .setForEach(isMany(source) ? reads.getName() : "")
                .setRequired(reader.getRequired())
                .setInserted(true)
                .setConfidence(reader.getConfidence())
                .setReason("inserted, because " + reader.getSpecialist() + " may not see "
                        + String.join(
                                " and ",
                                refused(contracts.find(reader.getSpecialist()).orElseThrow(), flow.of(source)))
                        + " data")
                .build();
    }

    /** A step that always runs and does just that. */
    private Optional<Step> there(Contract contract, Port reads, Binding source) {
        InputBinding only = InputBinding.newBuilder()
                .setPort(reads.getName())
                .addSources(source)
                .build();
        return steps.stream()
                .filter(step -> step.getSpecialist().equals(contract.getId())
                        && step.getInputsList().equals(List.of(only))
                        && step.getForEach().isEmpty() != isMany(source)
                        && !step.hasWhen())
                .findFirst();
    }

    private static Set<String> refused(Contract contract, Collection<String> classes) {
        return DataClassFlow.refused(classes, contract.getAcceptsDataClassesList());
    }

    /** The port of a specialist that reads one thing and needs nothing else. */
    private static Optional<Port> onlyInput(Contract contract) {
        boolean needsMore = contract.getInputsCount() != 1
                || contract.getParametersList().stream()
                        .anyMatch(parameter -> parameter.getRequired() && !parameter.hasDefaultValue());
        return needsMore ? Optional.empty() : Optional.of(contract.getInputs(0));
    }

    private boolean isReadBy(Contract reader, String port, String type) {
        return !type.equals(SemanticTypes.ANY)
                && reader.getInputsList().stream()
                        .anyMatch(input -> input.getName().equals(port)
                                && contracts.types().isAssignable(type, input.getType()));
    }

    /** Of a whole; empty for a part of one and for words of the instruction. */
    private Optional<String> type(Binding source) {
        return switch (source.getSourceCase()) {
            case TASK_INPUT ->
                input(source)
                        .filter(input -> source.getTaskInput().getPointer().isEmpty())
                        .map(InputDescription::getType);
            case STEP_OUTPUT ->
                output(source.getStepOutput())
                        .filter(output -> source.getStepOutput().getPointer().isEmpty())
                        .map(Port::getType);
            case INSTRUCTION, PARAMETER_DEFAULT, SOURCE_NOT_SET -> Optional.empty();
        };
    }

    private boolean isMany(Binding source) {
        return switch (source.getSourceCase()) {
            case TASK_INPUT -> input(source).filter(InputDescription::getMany).isPresent();
            case STEP_OUTPUT ->
                producer(source.getStepOutput())
                                .filter(step -> !step.getForEach().isEmpty())
                                .isPresent()
                        || output(source.getStepOutput())
                                .filter(port -> port.getCardinality() == Port.Cardinality.MANY)
                                .isPresent();
            case INSTRUCTION, PARAMETER_DEFAULT, SOURCE_NOT_SET -> false;
        };
    }

    private Optional<InputDescription> input(Binding source) {
        return Optional.ofNullable(inputs.get(source.getTaskInput().getName()));
    }

    private Optional<Port> output(StepOutput source) {
        return producer(source)
                .flatMap(step -> contracts.find(step.getSpecialist()))
                .flatMap(contract -> contract.getOutputsList().stream()
                        .filter(port -> port.getName().equals(source.getOutput()))
                        .findFirst());
    }

    private Optional<Step> producer(StepOutput source) {
        return steps.stream()
                .filter(step -> step.getId().equals(source.getStep()))
                .findFirst();
    }

    private String unused(String specialist) {
        String id = ids.next(specialist);
        while (taken.contains(id)) {
            id = ids.next(specialist);
        }
        return id;
    }
}
