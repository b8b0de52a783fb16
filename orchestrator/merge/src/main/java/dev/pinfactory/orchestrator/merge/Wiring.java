package dev.pinfactory.orchestrator.merge;

import com.google.protobuf.Value;
import dev.pinfactory.orchestrator.engine.StepOutcome;
import dev.pinfactory.orchestrator.engine.StepRecord;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.TaskInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** What was bound to what, and what came out: the same resolution that the engine made, read backwards. */
final class Wiring {
    private final Map<String, Step> steps;
    private final Map<String, StepRecord> records;
    private final Map<String, Artifact> inputs;
    private final Contracts contracts;

    Wiring(MergeRequest request) {
        contracts = request.contracts();
        steps = byName(request.plan().getStepsList(), Step::getId);
        records = byName(request.steps(), StepRecord::step);
        inputs = byName(request.inputs(), Artifact::getName);
    }

    private static <T> Map<String, T> byName(List<T> values, Function<T, String> name) {
        Map<String, T> byName = HashMap.newHashMap(values.size());
        for (T value : values) {
            byName.put(name.apply(value), value);
        }
        return byName;
    }

    /** How many steps there are. */
    int size() {
        return steps.size();
    }

    Optional<StepRecord> record(String step) {
        return Optional.ofNullable(records.get(step));
    }

    Optional<Step> step(String id) {
        return Optional.ofNullable(steps.get(id));
    }

    /** A step's output, if the step succeeded and has it. */
    Optional<Artifact> output(StepOutput output) {
        StepRecord record = records.get(output.getStep());
        if (record != null && record.outcome() instanceof StepOutcome.Succeeded succeeded) {
            for (Artifact artifact : succeeded.outputs()) {
                if (artifact.getName().equals(output.getOutput())) {
                    return Optional.of(artifact);
                }
            }
        }
        return Optional.empty();
    }

    /** What a step had bound, port by port; nothing for an unknown step. */
    List<InputBinding> inputs(String step) {
        return stepOrEmpty(step).getInputsList();
    }

    /** The first bound port. */
    Optional<String> firstPort(String step) {
        return inputs(step).stream().map(InputBinding::getPort).findFirst();
    }

    /** The first bound port that takes text; where a derived text came from. */
    Optional<String> textPort(String step) {
        return inputs(step).stream()
                .map(InputBinding::getPort)
                .filter(port -> contracts.types().isAssignable(port(step, port).getType(), "text"))
                .findFirst()
                .or(() -> firstPort(step));
    }

    boolean isList(String step, String port) {
        return port(step, port).getCardinality() == Port.Cardinality.MANY && !isIterated(step, port);
    }

    /** Everything that was bound to the port, each source as a whole. For the iterated port the one element that this item got. */
    List<Spot> spots(String step, OptionalInt item, String port) {
        List<Spot> spots = new ArrayList<>();
        for (Binding binding : bindings(step, port)) {
            Optional<Spot> whole = spot(binding);
            if (whole.isEmpty()) {
                continue;
            }
            if (item.isPresent() && isIterated(step, port)) {
                List<Optional<Spot>> elements = elements(whole.get());
                int index = item.getAsInt();
                return index < elements.size()
                        ? elements.get(index).map(List::of).orElse(List.of())
                        : List.of();
            }
            spots.add(whole.get());
        }
        return spots;
    }

    /** The element of a list port that the specialist counted: holes were left out before it saw the list. */
    Optional<Spot> element(String step, String port, int index) {
        List<Spot> seen = new ArrayList<>();
        for (Binding binding : bindings(step, port)) {
            spot(binding).ifPresent(whole -> elements(whole).forEach(each -> each.ifPresent(seen::add)));
        }
        return index >= 0 && index < seen.size() ? Optional.of(seen.get(index)) : Optional.empty();
    }

    private Step stepOrEmpty(String id) {
        return steps.getOrDefault(id, Step.getDefaultInstance());
    }

    private boolean isIterated(String step, String port) {
        return stepOrEmpty(step).getForEach().equals(port);
    }

    private Port port(String step, String port) {
        Contract contract = contracts.find(stepOrEmpty(step).getSpecialist()).orElse(Contract.getDefaultInstance());
        for (Port each : contract.getInputsList()) {
            if (each.getName().equals(port)) {
                return each;
            }
        }
        return Port.getDefaultInstance();
    }

    private List<Binding> bindings(String step, String port) {
        for (InputBinding input : inputs(step)) {
            if (input.getPort().equals(port)) {
                return input.getSourcesList();
            }
        }
        return List.of();
    }

    private Optional<Spot> spot(Binding binding) {
        if (binding.hasTaskInput()) {
            TaskInput input = binding.getTaskInput();
            return Optional.ofNullable(inputs.get(input.getName()))
                    .map(artifact ->
                            new Spot.OfTask(input.getName(), OptionalInt.empty(), artifact, input.getPointer()));
        }
        StepOutput output = binding.getStepOutput();
        return output(output)
                .map(artifact -> new Spot.OfStep(output.getStep(), OptionalInt.empty(), artifact, output.getPointer()));
    }

    /** A pointer into a list picks the same piece of each item; a pointer to a JSON array leads to its elements. */
    private List<Optional<Spot>> elements(Spot whole) {
        Artifact artifact = whole.artifact();
        List<Optional<Spot>> elements = new ArrayList<>();
        if (artifact.hasItems()) {
            Set<Integer> holes = new HashSet<>(artifact.getItems().getHolesList());
            List<Artifact> items = artifact.getItems().getItemsList();
            for (int i = 0; i < items.size(); i++) {
                boolean hole = holes.contains(i) || isMissing(items.get(i), whole.pointer());
                elements.add(hole ? Optional.empty() : Optional.of(item(whole, i, items.get(i), whole.pointer())));
            }
            return elements;
        }
        JsonPointer pointer = JsonPointer.of(whole.pointer());
        Optional<Value> array = pointer.isWhole()
                ? Optional.empty()
                : pointer.in(artifact.getJson()).filter(Value::hasListValue);
        if (array.isEmpty()) {
            return List.of(Optional.of(whole));
        }
        for (int i = 0; i < array.get().getListValue().getValuesCount(); i++) {
            String element = pointer.child(i).toString();
            elements.add(isMissing(artifact, element) ? Optional.empty() : Optional.of(at(whole, element)));
        }
        return elements;
    }

    private static boolean isMissing(Artifact artifact, String pointer) {
        return !pointer.isEmpty()
                && JsonPointer.of(pointer)
                        .in(artifact.getJson())
                        .map(Json::isNull)
                        .orElse(true);
    }

    private Spot item(Spot list, int index, Artifact item, String pointer) {
        return switch (list) {
            case Spot.OfTask task -> new Spot.OfTask(task.input(), OptionalInt.of(index), item, pointer);
            case Spot.OfStep step -> {
                boolean iterated = step(step.step())
                        .map(found -> !found.getForEach().isEmpty())
                        .orElse(false);
                yield new Spot.OfStep(
                        step.step(), iterated ? OptionalInt.of(index) : OptionalInt.empty(), item, pointer);
            }
        };
    }

    private static Spot at(Spot whole, String pointer) {
        return switch (whole) {
            case Spot.OfTask task -> new Spot.OfTask(task.input(), task.item(), task.artifact(), pointer);
            case Spot.OfStep step -> new Spot.OfStep(step.step(), step.item(), step.artifact(), pointer);
        };
    }
}
