package dev.pinfactory.orchestrator.service.feedback;

import com.google.protobuf.Value;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.type.JsonSchemas;
import dev.pinfactory.proto.v1.Correction;
import dev.pinfactory.proto.v1.Missing;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what people say of a task against the task itself. Everything that is wrong is named by its field. */
final class FeedbackRules {
    private static final int MAX_CORRECTIONS = 200;
    private static final int MAX_VALUE_BYTES = 64 * 1024;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NOTE = 2_000;
    private static final int SHOWN = 80;

    /** Where the corrections stand in the request, such as "feedback.corrections". */
    private final String field;

    private final List<FieldViolation> violations = new ArrayList<>();

    private FeedbackRules(String field) {
        this.field = field;
    }

    /** A place and what is right there. */
    record Place(JsonPointer at, Value value) {}

    /**
     * @return the corrections, in the order they came
     * @throws PinfactoryException INVALID_ARGUMENT, naming every field that is wrong
     */
    static List<Place> check(String field, List<Correction> corrections, Task request, TaskResult result) {
        FeedbackRules rules = new FeedbackRules(field);
        List<Place> places = rules.places(corrections, result);
        if (rules.violations.isEmpty() && request.hasOutputSchema()) {
            rules.schema(places, request, result);
        }
        if (!rules.violations.isEmpty()) {
            throw PinfactoryException.of(ErrorCode.INVALID_ARGUMENT, rules.violations);
        }
        return places;
    }

    static void checkNote(String field, String note) {
        if (note.length() > MAX_NOTE && CodePoints.length(note) > MAX_NOTE) {
            throw PinfactoryException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    field,
                    "has " + CodePoints.length(note) + " code points; at most " + MAX_NOTE);
        }
    }

    private List<Place> places(List<Correction> corrections, TaskResult result) {
        if (corrections.size() > MAX_CORRECTIONS) {
            wrong(field, corrections.size() + " corrections; at most " + MAX_CORRECTIONS);
            return List.of();
        }
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < corrections.size(); i++) {
            Correction correction = corrections.get(i);
            String at = field + "[" + i + "]";
            place(at + ".pointer", correction.getPointer(), result, places)
                    .ifPresent(pointer -> places.add(new Place(pointer, Places.orNull(correction.getValue()))));
            value(at + ".value", correction);
        }
        return places;
    }

    private Optional<JsonPointer> place(String at, String pointer, TaskResult result, List<Place> others) {
        String quoted = "'" + CodePoints.shortened(pointer, SHOWN) + "'";
        Optional<JsonPointer> parsed = JsonPointer.parse(pointer);
        if (parsed.isEmpty() || parsed.get().isWhole()) {
            wrong(at, quoted + " is not the place of a value; expected a JSON Pointer into the output, such as /total");
            return Optional.empty();
        }
        if (!isThere(parsed.get(), result)) {
            wrong(at, quoted + " is neither in the output of the task nor among what it is missing");
            return Optional.empty();
        }
        for (Place other : others) {
            if (other.at().isPrefixOf(parsed.get()) || parsed.get().isPrefixOf(other.at())) {
                wrong(at, quoted + " is within, or around, " + other.at() + ", which is corrected too");
                return Optional.empty();
            }
        }
        return parsed;
    }

    private static boolean isThere(JsonPointer at, TaskResult result) {
        if (at.in(result.getOutput()).isPresent()) {
            return true;
        }
        return result.getMissingList().stream().map(Missing::getPointer).anyMatch(at.toString()::equals)
                && Places.with(result.getOutput(), at, Value.getDefaultInstance())
                        .isPresent();
    }

    private void value(String at, Correction correction) {
        if (!correction.hasValue()) {
            wrong(at, "is missing; expected the right value, or null where there is none");
            return;
        }
        if (correction.getValue().getSerializedSize() > MAX_VALUE_BYTES) {
            wrong(at, "is larger than " + MAX_VALUE_BYTES + " bytes");
            return;
        }
        if (isTooDeep(correction.getValue(), 0)) {
            wrong(at, "is nested deeper than " + MAX_DEPTH);
        }
    }

    private static boolean isTooDeep(Value value, int depth) {
        if (depth > MAX_DEPTH) {
            return true;
        }
        return value.getStructValue().getFieldsMap().values().stream().anyMatch(child -> isTooDeep(child, depth + 1))
                || value.getListValue().getValuesList().stream().anyMatch(child -> isTooDeep(child, depth + 1));
    }

    /** A correction may leave wrong what was wrong before, and adds nothing to it. */
    private void schema(List<Place> places, Task request, TaskResult result) {
        JsonSchemas schema = JsonSchemas.compile(request.getOutputSchema());
        Set<FieldViolation> before = new HashSet<>(schema.validate(result.getOutput(), ""));
        Value corrected = result.getOutput();
        for (Place place : places) {
            corrected = Places.with(corrected, place.at(), place.value()).orElseThrow();
        }
        for (FieldViolation broken : schema.validate(corrected, "")) {
            if (!before.contains(broken)) {
                wrong(fieldOf(broken.field(), places), "breaks the task's output schema: " + broken.description());
            }
        }
    }

    private String fieldOf(String pointer, List<Place> places) {
        JsonPointer broken = JsonPointer.parse(pointer).orElse(JsonPointer.whole());
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).at().isPrefixOf(broken)) {
                return field + "[" + i + "].value";
            }
        }
        return field;
    }

    private void wrong(String at, String description) {
        violations.add(new FieldViolation(at, description));
    }
}
