package dev.pinfactory.orchestrator.engine;

import com.google.protobuf.Value;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.plan.Normalizers;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.ParameterBinding;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Resolves a step's bindings once everything that it needs has ended. An optional port whose source brought nothing is left out. */
final class Bindings {
    private final Map<String, Artifact> taskInputs = new HashMap<>();
    private final String instruction;
    private final int maxItems;
    private final Function<String, StepOutcome> outcomes;

    /**
     * @param maxItems of one list that is iterated or gathered
     * @param outcomes of steps that have ended
     */
    Bindings(List<Artifact> taskInputs, String instruction, int maxItems, Function<String, StepOutcome> outcomes) {
        taskInputs.forEach(input -> this.taskInputs.put(input.getName(), input));
        this.instruction = instruction;
        this.maxItems = maxItems;
        this.outcomes = outcomes;
    }

    Prepared prepare(Step step, Contract contract) {
        List<Artifact> inputs = new ArrayList<>(step.getInputsCount());
        Optional<List<Optional<Artifact>>> items = Optional.empty();
        Set<String> dataClasses = new LinkedHashSet<>();
        for (InputBinding binding : step.getInputsList()) {
            Port port = port(contract, binding.getPort());
            boolean iterated = binding.getPort().equals(step.getForEach());
            boolean list = iterated || port.getCardinality() == Port.Cardinality.MANY;
            Sourced sourced = list ? elements(binding, port) : whole(binding, port);
            if (sourced.problem().isPresent()) {
                if (port.getOptional() && !iterated && sourced.problem().get() instanceof Prepared.Unavailable) {
                    continue;
                }
                return sourced.problem().get();
            }
            if (iterated) {
                items = Optional.of(sourced.elements());
                continue;
            }
            Artifact input =
                    list ? list(port, sourced) : sourced.elements().getFirst().orElseThrow();
            dataClasses.addAll(input.getDataClassesList());
            inputs.add(named(input, binding.getPort()));
        }
        Map<String, Value> parameters = new LinkedHashMap<>();
        for (Parameter parameter : contract.getParametersList()) {
            Sourced problem = parameter(step, parameter, parameters, dataClasses);
            if (problem.problem().isPresent()) {
                return problem.problem().get();
            }
        }
        return new Prepared.Ready(inputs, items, parameters, dataClasses);
    }

    private Sourced whole(InputBinding binding, Port port) {
        return binding.getSourcesCount() == 0
                ? Sourced.of(
                        new Prepared.Invalid(ErrorCode.PLAN_INVALID, "input '" + binding.getPort() + "' has no source"))
                : source(binding.getSources(0), port.getType());
    }

    /** All elements of all sources, in order. Of several sources some may be missing, as where branches join; all missing is missing. */
    private Sourced elements(InputBinding binding, Port port) {
        List<Optional<Artifact>> elements = new ArrayList<>();
        Sourced missing = Sourced.of(
                new Prepared.Invalid(ErrorCode.PLAN_INVALID, "input '" + binding.getPort() + "' has no source"));
        boolean found = false;
        for (Binding each : binding.getSourcesList()) {
            Sourced sourced = source(each, port.getType());
            if (sourced.problem().isEmpty()) {
                found = true;
                Artifact artifact = sourced.elements().getFirst().orElseThrow();
                elements.addAll(Source.elements(artifact, !pointer(each).isEmpty()));
                if (elements.size() > maxItems) {
                    return Sourced.of(new Prepared.Invalid(
                            ErrorCode.TOO_LARGE, elements.size() + " items, at most " + maxItems + " are allowed"));
                }
            } else if (sourced.problem().get() instanceof Prepared.Unavailable) {
                missing = worse(missing, sourced);
            } else {
                return sourced;
            }
        }
        return found ? new Sourced(elements, Optional.empty()) : missing;
    }

    /** Where all branches of a join brought nothing, one that failed counts, and not one that was not meant to run. */
    private static Sourced worse(Sourced before, Sourced now) {
        boolean failedBefore = before.problem().orElse(null) instanceof Prepared.Unavailable none
                && none.reason() == SkipReason.UPSTREAM_FAILED;
        return failedBefore ? before : now;
    }

    private Sourced source(Binding binding, String type) {
        Sourced whole = artifact(binding);
        if (whole.problem().isPresent() || pointer(binding).isEmpty()) {
            return whole;
        }
        Optional<Artifact> found = Source.artifactAt(whole.elements().getFirst().orElseThrow(), pointer(binding), type);
        return found.isPresent() ? Sourced.of(found.get()) : Sourced.of(nothingAt(binding));
    }

    private Sourced parameter(Step step, Parameter parameter, Map<String, Value> parameters, Set<String> dataClasses) {
        Optional<Binding> bound = source(step, parameter);
        if (bound.isEmpty() || bound.get().hasParameterDefault()) {
            if (parameter.hasDefaultValue()) {
                parameters.put(parameter.getName(), parameter.getDefaultValue());
            } else if (parameter.getRequired()) {
                return Sourced.of(new Prepared.Invalid(
                        ErrorCode.PLAN_INVALID, "parameter '" + parameter.getName() + "' is bound to nothing"));
            }
            return Sourced.nothing();
        }
        Binding binding = bound.get();
        if (binding.hasInstruction()) {
            Optional<Value> words = Normalizers.normalize(instruction, binding.getInstruction(), parameter);
            if (words.isEmpty()) {
                return Sourced.of(new Prepared.Invalid(
                        ErrorCode.PLAN_INVALID,
                        "the words of the instruction are no value of parameter '" + parameter.getName() + "'"));
            }
            parameters.put(parameter.getName(), words.get());
            return Sourced.nothing();
        }
        Sourced whole = artifact(binding);
        if (whole.problem().isPresent()) {
            boolean leaveOut = !parameter.getRequired() && whole.problem().get() instanceof Prepared.Unavailable;
            return leaveOut ? Sourced.nothing() : whole;
        }
        Artifact artifact = whole.elements().getFirst().orElseThrow();
        Optional<Value> value = Source.valueAt(artifact, pointer(binding)).filter(each -> !each.hasNullValue());
        if (value.isEmpty()) {
            return parameter.getRequired() ? Sourced.of(nothingAt(binding)) : Sourced.nothing();
        }
        dataClasses.addAll(artifact.getDataClassesList());
        parameters.put(parameter.getName(), value.get());
        return Sourced.nothing();
    }

    private static Optional<Binding> source(Step step, Parameter parameter) {
        for (ParameterBinding binding : step.getParametersList()) {
            if (binding.getParameter().equals(parameter.getName())) {
                return Optional.of(binding.getSource());
            }
        }
        return Optional.empty();
    }

    private Sourced artifact(Binding binding) {
        return switch (binding.getSourceCase()) {
            case TASK_INPUT -> {
                Artifact input = taskInputs.get(binding.getTaskInput().getName());
                yield input != null
                        ? Sourced.of(input)
                        : Sourced.of(new Prepared.Invalid(
                                ErrorCode.INVALID_ARGUMENT,
                                "the task has no input '"
                                        + binding.getTaskInput().getName() + "'"));
            }
            case STEP_OUTPUT -> stepOutput(binding.getStepOutput());
            case INSTRUCTION -> words(binding.getInstruction());
            case PARAMETER_DEFAULT, SOURCE_NOT_SET ->
                Sourced.of(new Prepared.Invalid(
                        ErrorCode.PLAN_INVALID, "an input has no default, it is bound to something that is there"));
        };
    }

    private Sourced words(InstructionSpan span) {
        Optional<String> words = CodePoints.slice(instruction, span.getStart(), span.getEnd());
        return words.isPresent()
                ? Sourced.of(Artifact.newBuilder()
                        .setType("text")
                        .setText(words.get())
                        .setConfidence(1)
                        .build())
                : Sourced.of(new Prepared.Invalid(ErrorCode.PLAN_INVALID, "the span lies outside the instruction"));
    }

    /** A step's output, or why there is none. */
    Sourced stepOutput(StepOutput output) {
        return switch (outcomes.apply(output.getStep())) {
            case StepOutcome.Succeeded succeeded -> named(output, succeeded.outputs());
            case StepOutcome.Skipped skipped ->
                skipped.reason().byCondition()
                        ? Sourced.of(new Prepared.Unavailable(SkipReason.UPSTREAM_CONDITION, output.getStep()))
                        : failed(output);
            case StepOutcome.Failed failed -> failed(output);
            case StepOutcome.Abstained abstained -> failed(output);
            case StepOutcome.Cancelled cancelled -> failed(output);
        };
    }

    /** An artifact under a port's name. */
    static Artifact named(Artifact artifact, String name) {
        return artifact.getName().equals(name)
                ? artifact
                : artifact.toBuilder().setName(name).build();
    }

    private static Sourced named(StepOutput output, List<Artifact> outputs) {
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).getName().equals(output.getOutput())) {
                return Sourced.of(outputs.get(i));
            }
        }
        String cause = output.getStep() + " " + output.getOutput();
        return Sourced.of(new Prepared.Unavailable(SkipReason.UPSTREAM_FAILED, cause));
    }

    private static Sourced failed(StepOutput output) {
        return Sourced.of(new Prepared.Unavailable(SkipReason.UPSTREAM_FAILED, output.getStep()));
    }

    private static Prepared nothingAt(Binding binding) {
        return binding.hasTaskInput()
                ? new Prepared.Invalid(
                        ErrorCode.INVALID_ARGUMENT,
                        "input '" + binding.getTaskInput().getName() + "' has nothing at '" + pointer(binding) + "'")
                : new Prepared.Unavailable(
                        SkipReason.UPSTREAM_FAILED, binding.getStepOutput().getStep() + " " + pointer(binding));
    }

    private static String pointer(Binding binding) {
        return binding.hasTaskInput()
                ? binding.getTaskInput().getPointer()
                : binding.getStepOutput().getPointer();
    }

    private static Artifact list(Port port, Sourced sourced) {
        ArtifactList.Builder items = ArtifactList.newBuilder();
        Set<String> dataClasses = new LinkedHashSet<>();
        for (Optional<Artifact> element : sourced.elements()) {
            element.ifPresent(artifact -> {
                items.addItems(artifact.toBuilder().clearName());
                dataClasses.addAll(artifact.getDataClassesList());
            });
        }
        String type = items.getItemsCount() > 0 ? items.getItems(0).getType() : port.getType();
        return Artifact.newBuilder()
                .setType(type)
                .addAllDataClasses(dataClasses)
                .setItems(items)
                .build();
    }

    private static Port port(Contract contract, String name) {
        for (int i = 0; i < contract.getInputsCount(); i++) {
            if (contract.getInputs(i).getName().equals(name)) {
                return contract.getInputs(i);
            }
        }
        return Port.newBuilder().setName(name).setType("any").build();
    }

    /** One artifact, the elements of a list, or why there is neither. */
    record Sourced(List<Optional<Artifact>> elements, Optional<Prepared> problem) {
        static Sourced of(Artifact artifact) {
            return new Sourced(List.of(Optional.of(artifact)), Optional.empty());
        }

        static Sourced of(Prepared problem) {
            return new Sourced(List.of(), Optional.of(problem));
        }

        static Sourced nothing() {
            return new Sourced(List.of(), Optional.empty());
        }
    }
}
