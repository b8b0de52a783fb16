package dev.pinfactory.proto.plan;

import com.google.protobuf.Value;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Task;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a plan's validity depends on: a task without the content of its inputs.
 *
 * @param hasOutputSchema the caller gave a JSON Schema for the output
 * @param allowedDataClasses classes of data that may be processed for this caller at all; {@link #ALL_DATA_CLASSES} for every one
 */
public record TaskShape(
        String instruction,
        List<InputDescription> inputs,
        Constraints constraints,
        boolean hasOutputSchema,
        Set<String> allowedDataClasses) {
    /** Every class of data is allowed; each specialist's card still says what it may see. */
    public static final Set<String> ALL_DATA_CLASSES = Set.of("*");

    private static final int MAX_COLUMNS = 2_000;

    public TaskShape {
        inputs = List.copyOf(inputs);
        allowedDataClasses = Set.copyOf(allowedDataClasses);
    }

    /** The shape of a task whose caller may have all classes of data processed. */
    public static TaskShape of(Task task) {
        return new TaskShape(
                task.getInstruction(),
                task.getInputsList().stream().map(TaskShape::describe).toList(),
                task.getConstraints(),
                task.hasOutputSchema(),
                ALL_DATA_CLASSES);
    }

    public static TaskShape of(PlanRequest request) {
        return new TaskShape(
                request.getInstruction(),
                request.getInputsList(),
                request.getConstraints(),
                request.hasOutputSchema(),
                ALL_DATA_CLASSES);
    }

    public TaskShape withAllowedDataClasses(Set<String> classes) {
        return new TaskShape(instruction, inputs, constraints, hasOutputSchema, classes);
    }

    /** An input without its content: all that a router may see of it. */
    public static InputDescription describe(Artifact input) {
        String mediaType = input.getMediaType();
        return InputDescription.newBuilder()
                .setName(input.getName())
                .setType(input.getType())
                .setMediaType(mediaType.isEmpty() ? input.getRef().getMediaType() : mediaType)
                .setLanguage(input.getLanguage())
                .setMany(input.hasItems())
                .addAllDataClasses(dataClasses(input))
                .addAllColumns(columns(input))
                .build();
    }

    /** A table's columns, and the names of series, say what it is about, and nothing of what stands in its rows. */
    private static List<String> columns(Artifact input) {
        return switch (input.getType()) {
            case SemanticTypes.TABLE -> columnsOf(input);
            case SemanticTypes.SERIES -> namesOf(input);
            default -> List.of();
        };
    }

    private static List<String> namesOf(Artifact input) {
        List<Artifact> series = input.hasItems() ? input.getItems().getItemsList() : List.of(input);
        return series.stream()
                .limit(MAX_COLUMNS)
                .map(one -> name(one.getJson()))
                .filter(name -> !name.isBlank())
                .toList();
    }

    private static List<String> columnsOf(Artifact input) {
        Value columns = input.getJson().getStructValue().getFieldsOrDefault("columns", Value.getDefaultInstance());
        return columns.getListValue().getValuesList().stream()
                .limit(MAX_COLUMNS)
                .map(TaskShape::name)
                .filter(name -> !name.isBlank())
                .toList();
    }

    private static String name(Value named) {
        return named.getStructValue()
                .getFieldsOrDefault("name", Value.getDefaultInstance())
                .getStringValue();
    }

    private static Set<String> dataClasses(Artifact input) {
        Set<String> classes = new TreeSet<>(input.getDataClassesList());
        input.getItems().getItemsList().forEach(item -> classes.addAll(item.getDataClassesList()));
        return classes;
    }
}
