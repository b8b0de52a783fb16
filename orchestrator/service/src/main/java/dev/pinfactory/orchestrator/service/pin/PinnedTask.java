package dev.pinfactory.orchestrator.service.pin;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes of a task that names a pinned plan one that carries it: complete, and against the cards of today. */
final class PinnedTask {
    private final PinnedPlan pinned;
    private final String name;
    private final Task task;

    private PinnedTask(PinnedPlan pinned, Task task) {
        this.pinned = pinned;
        this.name = PinReference.of(pinned.getName(), pinned.getVersion()).toString();
        this.task = task;
    }

    /**
     * The task with the pinned instruction, output schema and plan. It names the version that it got, so that it stays with it.
     *
     * @throws PinfactoryException INVALID_ARGUMENT where the task is another one than the pinned one; FAILED_PRECONDITION where cards have changed so that the
     *     plan does not hold. Both with everything that is wrong
     */
    static Task resolve(PinnedPlan pinned, Task task, Contracts now) {
        PinnedTask resolution = new PinnedTask(pinned, task);
        List<FieldViolation> wrong = resolution.violations(now.types());
        if (!wrong.isEmpty()) {
            throw refusal(
                    ErrorCode.INVALID_ARGUMENT, "the task is not what " + resolution.name + " was made for", wrong);
        }
        List<FieldViolation> changed = CardDifferences.between(resolution.inTheTasksLanguages(), now);
        if (!changed.isEmpty()) {
            throw refusal(
                    ErrorCode.FAILED_PRECONDITION,
                    resolution.name + " can't run any more as it was pinned; pin it anew or bring its cards back",
                    changed);
        }
        return resolution.complete(now);
    }

    private static PinfactoryException refusal(ErrorCode code, String message, List<FieldViolation> violations) {
        return new PinfactoryException(code, message + ": " + FieldViolation.summary(violations), violations);
    }

    private List<FieldViolation> violations(SemanticTypes types) {
        List<FieldViolation> wrong = new ArrayList<>();
        if (!task.getInstruction().isBlank() && !task.getInstruction().equals(pinned.getInstruction())) {
            wrong.add(new FieldViolation(
                    "instruction", "is another one than that of " + name + "; leave it out, or give the pinned one"));
        }
        if (task.hasOutputSchema() && !task.getOutputSchema().equals(pinned.getOutputSchema())) {
            wrong.add(new FieldViolation(
                    "output_schema", "is another one than that of " + name + "; leave it out, or give the pinned one"));
        }
        Set<String> given = new HashSet<>();
        for (int i = 0; i < task.getInputsCount(); i++) {
            given.add(task.getInputs(i).getName());
            input(task.getInputs(i), "inputs[" + i + "]", types, wrong);
        }
        for (InputDescription wanted : pinned.getInputsList()) {
            if (!given.contains(wanted.getName())) {
                wrong.add(new FieldViolation("inputs[" + wanted.getName() + "]", "is missing; " + takes(wanted)));
            }
        }
        return wrong;
    }

    private void input(Artifact input, String at, SemanticTypes types, List<FieldViolation> wrong) {
        var wanted = pinned.getInputsList().stream()
                .filter(one -> one.getName().equals(input.getName()))
                .findFirst();
        if (wanted.isEmpty()) {
            String names = pinned.getInputsList().stream()
                    .map(InputDescription::getName)
                    .collect(Collectors.joining(", "));
            wrong.add(new FieldViolation(
                    at + ".name",
                    "'" + input.getName() + "' is not an input of " + name + "; expected "
                            + (names.isEmpty() ? "none" : names)));
            return;
        }
        if (!types.isAssignable(input.getType(), wanted.get().getType())) {
            wrong.add(new FieldViolation(at + ".type", "'" + input.getType() + "' came; " + takes(wanted.get())));
        }
        if (input.hasItems() != wanted.get().getMany()) {
            wrong.add(new FieldViolation(
                    at + ".items", (input.hasItems() ? "a list" : "one value") + " came; " + takes(wanted.get())));
        }
    }

    private String takes(InputDescription wanted) {
        return name + " takes " + (wanted.getMany() ? "a list of " : "") + wanted.getType();
    }

    /** What the task says of its inputs' languages goes before what was said when the plan was pinned. */
    private PinnedPlan inTheTasksLanguages() {
        PinnedPlan.Builder said = pinned.toBuilder();
        for (InputDescription.Builder input : said.getInputsBuilderList()) {
            task.getInputsList().stream()
                    .filter(given -> given.getName().equals(input.getName()))
                    .filter(given -> !given.getLanguage().isEmpty())
                    .forEach(given -> input.setLanguage(given.getLanguage()));
        }
        return said.build();
    }

    private Task complete(Contracts now) {
        Task.Builder complete = task.toBuilder()
                .setInstruction(pinned.getInstruction())
                .setPlan(plan(now))
                .setPinnedPlan(name);
        if (pinned.hasOutputSchema()) {
            complete.setOutputSchema(pinned.getOutputSchema());
        }
        return complete.build();
    }

    /** The cards may have got other words since: what they promise is the same, and the plan names them as they are now. */
    private Plan plan(Contracts now) {
        Plan.Builder plan = pinned.getPlan().toBuilder().setCatalogDigest(now.digest());
        plan.getStepsBuilderList().forEach(step -> {
            step.setContractDigest(now.digestOf(step.getSpecialist()).orElse(""));
            step.getFallbacksBuilderList()
                    .forEach(fallback -> fallback.setContractDigest(
                            now.digestOf(fallback.getSpecialist()).orElse("")));
        });
        return plan.setDigest(Digests.of(plan.build())).build();
    }
}
