package dev.pinfactory.proto.task;

import com.google.protobuf.Value;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.type.ArtifactValidator;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.type.JsonSchemas;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks a task before anything is done for it, and returns everything that is wrong with it: the field, what came and what was expected. Counts
 * come first, so that a task that is too large costs nothing. Immutable; one for each set of contracts.
 */
public final class TaskValidator {
    private static final int MAX_INSTRUCTION = 8_000;
    private static final int MAX_INPUTS = 1_000;
    private static final int MAX_LABELS = 32;
    private static final int MAX_LABEL_KEY = 64;
    private static final int MAX_LABEL_VALUE = 256;
    private static final int MAX_VIOLATIONS = 200;
    private static final Pattern INPUT_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    private final ArtifactValidator artifacts;
    private final ConstraintRules constraints;

    public TaskValidator(Contracts contracts) {
        this.artifacts = new ArtifactValidator(contracts.types());
        this.constraints = new ConstraintRules(contracts);
    }

    /** Everything that is wrong with a task that is to run. */
    public List<FieldViolation> validate(Task task, Instant now) {
        return validate(task, now, true);
    }

    /** Everything that is wrong with a task that is only to be planned: its inputs may leave their content out. */
    public List<FieldViolation> validateForPlanning(Task task, Instant now) {
        return validate(task, now, false);
    }

    private List<FieldViolation> validate(Task task, Instant now, boolean contentNeeded) {
        List<FieldViolation> violations = new ArrayList<>();
        instruction(task, violations);
        pinnedPlan(task, violations);
        inputs(task, contentNeeded, violations);
        if (task.hasOutputSchema()) {
            outputSchema(task, violations);
        }
        constraints.check(task.getConstraints(), now, violations);
        labels(task, violations);
        return violations.size() <= MAX_VIOLATIONS
                ? List.copyOf(violations)
                : List.copyOf(violations.subList(0, MAX_VIOLATIONS));
    }

    private static void instruction(Task task, List<FieldViolation> violations) {
        String instruction = task.getInstruction();
        if (instruction.isBlank() && !task.getPinnedPlan().isEmpty()) {
            // The pinned one is meant.
            return;
        }
        if (instruction.isBlank()) {
            violations.add(new FieldViolation("instruction", "is empty; expected what is to be done, in plain words"));
        } else if (instruction.length() > MAX_INSTRUCTION && CodePoints.length(instruction) > MAX_INSTRUCTION) {
            violations.add(new FieldViolation(
                    "instruction",
                    "has " + CodePoints.length(instruction) + " code points; at most " + MAX_INSTRUCTION));
        }
    }

    private static void pinnedPlan(Task task, List<FieldViolation> violations) {
        String pinned = task.getPinnedPlan();
        if (!pinned.isEmpty() && PinReference.parse(pinned).isEmpty()) {
            violations.add(new FieldViolation(
                    "pinned_plan",
                    "'" + CodePoints.shortened(pinned, 80) + "' is not a pinned plan; " + PinReference.EXPECTED));
        }
        if (!pinned.isEmpty() && task.hasPlan()) {
            violations.add(new FieldViolation("plan", "comes beside pinned_plan; expected one of the two"));
        }
    }

    private void inputs(Task task, boolean contentNeeded, List<FieldViolation> violations) {
        if (task.getInputsCount() > MAX_INPUTS) {
            violations.add(new FieldViolation("inputs", task.getInputsCount() + " inputs; at most " + MAX_INPUTS));
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < task.getInputsCount() && violations.size() < MAX_VIOLATIONS; i++) {
            Artifact input = task.getInputs(i);
            String at = "inputs[" + i + "]";
            String quoted = "'" + CodePoints.shortened(input.getName(), 80) + "'";
            if (!INPUT_NAME.matcher(input.getName()).matches()) {
                violations.add(new FieldViolation(
                        at + ".name",
                        quoted + " is not a name; expected a letter, then at most 63 of A-Z, a-z, 0-9, '_', '.', '-'"));
            } else if (!names.add(input.getName())) {
                violations.add(new FieldViolation(at + ".name", quoted + " is the name of another input too"));
            }
            violations.addAll(artifacts.validate(input, at, contentNeeded));
        }
    }

    private static void outputSchema(Task task, List<FieldViolation> violations) {
        List<FieldViolation> wrong = JsonSchemas.check(task.getOutputSchema(), "output_schema");
        violations.addAll(wrong);
        Value type = task.getOutputSchema().getFieldsOrDefault("type", Value.getDefaultInstance());
        if (wrong.isEmpty() && type.hasStringValue() && !type.getStringValue().equals("object")) {
            violations.add(new FieldViolation(
                    "output_schema/type", "'" + type.getStringValue() + "'; the output is an object"));
        }
    }

    private static void labels(Task task, List<FieldViolation> violations) {
        if (task.getLabelsCount() > MAX_LABELS) {
            violations.add(new FieldViolation("labels", task.getLabelsCount() + " labels; at most " + MAX_LABELS));
            return;
        }
        task.getLabelsMap().forEach((key, value) -> {
            if (key.isBlank() || key.length() > MAX_LABEL_KEY || key.indexOf('=') >= 0) {
                violations.add(new FieldViolation(
                        "labels",
                        "a key has 1 to " + MAX_LABEL_KEY + " characters and no '='; '" + CodePoints.shortened(key, 80)
                                + "' came"));
            } else if (value.length() > MAX_LABEL_VALUE) {
                violations.add(new FieldViolation(
                        "labels[" + key + "]", "has " + value.length() + " characters; at most " + MAX_LABEL_VALUE));
            }
        });
    }
}
