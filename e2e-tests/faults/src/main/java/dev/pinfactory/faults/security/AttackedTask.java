package dev.pinfactory.faults.security;

import com.google.protobuf.ByteString;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A task whose plan an adversary makes, and what its calls may bring to a specialist's door. It knows nothing of the plan: only what the caller sent and allowed. Thread-safe. */
final class AttackedTask {
    /** From the orchestrator's last look at the clock to the door, on a machine that others use as well. */
    private static final Duration LATE = Duration.ofSeconds(1);

    private static final int SHOWN = 5;

    /**
     * What one task may cost.
     *
     * @param calls of specialists
     * @param bytes of their inputs together
     */
    record Bounds(int steps, int items, long calls, long bytes) {}

    private final Task task;
    private final Bounds bounds;
    private final String secret;
    private final Set<Value> known = new HashSet<>();
    private final Set<ByteString> bytes = new HashSet<>();
    private final Set<String> steps = new HashSet<>();
    private final List<String> failures = new ArrayList<>();
    private long calls;
    private long bytesOut;
    private double cpuSeconds;
    private double money;
    private long asked;
    private boolean ended;

    /** @param secret stands in every input of the class "personal", and nowhere else */
    AttackedTask(Task task, String secret, Bounds bounds) {
        this.task = task;
        this.secret = secret;
        this.bounds = bounds;
        task.getInputsList().forEach(this::learn);
    }

    Task task() {
        return task;
    }

    /** A plan is asked for: by now the task's time runs. */
    synchronized void planned() {
        if (asked == 0) {
            asked = System.nanoTime();
        }
    }

    /** The task has ended. Answers what was broken at the door until then. */
    synchronized List<String> end() {
        ended = true;
        List<String> broken = List.copyOf(failures);
        failures.clear();
        return broken;
    }

    /** Holds a call against the task. Answers what was broken after the task's end: nobody asks for that any more. */
    synchronized List<String> arrived(InferRequest request) {
        check(request);
        return ended ? end() : List.of();
    }

    private void check(InferRequest request) {
        count(request);
        Constraints allowed = task.getConstraints();
        Contract contract = DoorContracts.of(request.getSpecialist());
        boolean listed = allowed.getAllowedSpecialistsCount() == 0
                || allowed.getAllowedSpecialistsList().contains(request.getSpecialist());
        expect(
                listed && !allowed.getExcludedSpecialistsList().contains(request.getSpecialist()),
                request,
                "is outside what the caller allows");
        expect(
                contract.getKind() != Contract.Kind.LLM || allowed.getMayEscalate(),
                request,
                "is a language model, and the task may not escalate");
        expect(
                contract.getAcceptsDataClassesCount() > 0 || !words(request).contains(secret),
                request,
                "sees personal data");
        for (Artifact input : request.getInputsList()) {
            expect(isKnown(input), request, "gets an input '" + input.getName() + "' that is not the caller's");
        }
        request.getParametersMap()
                .forEach((name, value) ->
                        expect(isKnown(value), request, "gets a parameter '" + name + "' that is not the caller's"));
    }

    private void count(InferRequest request) {
        steps.add(request.getContext().getStep());
        calls++;
        bytesOut += request.getInputsList().stream()
                .mapToLong(Artifact::getSerializedSize)
                .sum();
        cpuSeconds += DoorContracts.CPU_SECONDS;
        boolean paid = DoorContracts.of(request.getSpecialist()).getKind() == Contract.Kind.LLM;
        money += paid ? Double.parseDouble(DoorContracts.LLM_PRICE) : 0;
        Constraints allowed = task.getConstraints();
        expect(steps.size() <= bounds.steps(), request, "is step " + steps.size());
        expect(calls <= bounds.calls(), request, "is call " + calls);
        expect(bytesOut <= bounds.bytes(), request, "has got " + bytesOut + " bytes");
        expect(
                request.getContext().getItem() < bounds.items(),
                request,
                "is item " + request.getContext().getItem());
        boolean cpu = allowed.getCostCeiling().getCpuSeconds() > 0;
        expect(
                !cpu || cpuSeconds <= allowed.getCostCeiling().getCpuSeconds() + 1e-6,
                request,
                "uses up " + cpuSeconds + " processor seconds");
        boolean ceiling = allowed.getCostCeiling().hasLlm();
        expect(
                !ceiling
                        || money
                                <= Double.parseDouble(allowed.getCostCeiling()
                                                .getLlm()
                                                .getValue())
                                        + 1e-6,
                request,
                "spends " + money);
        Duration late = Duration.ofNanos(System.nanoTime() - asked)
                .minusSeconds(allowed.getTimeout().getSeconds())
                .minusNanos(allowed.getTimeout().getNanos());
        expect(asked > 0 && late.compareTo(LATE) < 0, request, "is called " + late + " after the task's time");
        expect(request.getContext().getTenant().equals("local"), request, "is called for another tenant");
    }

    private void expect(boolean holds, InferRequest request, String what) {
        if (!holds && failures.size() < SHOWN) {
            failures.add("step '%s': '%s' %s".formatted(request.getContext().getStep(), request.getSpecialist(), what));
        }
    }

    /** What comes out of a call is data that later calls may get. */
    synchronized void answered(InferResponse response) {
        response.getOutputs().getArtifactsList().forEach(this::learn);
    }

    private void learn(Artifact artifact) {
        switch (artifact.getContentCase()) {
            case TEXT -> known.add(string(artifact.getText()));
            case JSON -> learn(artifact.getJson());
            case DATA -> bytes.add(artifact.getData());
            case ITEMS -> artifact.getItems().getItemsList().forEach(this::learn);
            case REF, CONTENT_NOT_SET -> {}
        }
    }

    private void learn(Value value) {
        known.add(value);
        value.getStructValue().getFieldsMap().values().forEach(this::learn);
        value.getListValue().getValuesList().forEach(this::learn);
    }

    private boolean isKnown(Artifact artifact) {
        return switch (artifact.getContentCase()) {
            case TEXT ->
                known.contains(string(artifact.getText()))
                        || task.getInstruction().contains(artifact.getText());
            case JSON -> isKnown(artifact.getJson());
            case DATA -> bytes.contains(artifact.getData());
            case ITEMS -> artifact.getItems().getItemsList().stream().allMatch(this::isKnown);
            // None of these tasks refers to stored content, and none is large enough to be sent so.
            case REF, CONTENT_NOT_SET -> false;
        };
    }

    private boolean isKnown(Value value) {
        if (known.contains(value) || DoorContracts.DEFAULTS.contains(value)) {
            return true;
        }
        String instruction = task.getInstruction();
        return switch (value.getKindCase()) {
            // What a normaliser makes of "German" is the one word that does not stand in the instruction itself.
            case STRING_VALUE ->
                instruction
                                .toLowerCase(Locale.ROOT)
                                .contains(value.getStringValue().toLowerCase(Locale.ROOT))
                        || value.getStringValue().equals("de");
            case NUMBER_VALUE -> digits(instruction).contains(digits(String.valueOf((long) value.getNumberValue())));
            case LIST_VALUE -> value.getListValue().getValuesList().stream().allMatch(this::isKnown);
            default -> false;
        };
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    private static Value string(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    /** All words that a request brings. */
    static String words(InferRequest request) {
        StringBuilder words = new StringBuilder();
        request.getInputsList().forEach(input -> words(input, words));
        return words.toString();
    }

    private static void words(Artifact artifact, StringBuilder words) {
        switch (artifact.getContentCase()) {
            case TEXT -> words.append(artifact.getText());
            case JSON -> words.append(artifact.getJson());
            case ITEMS -> artifact.getItems().getItemsList().forEach(item -> words(item, words));
            case DATA, REF, CONTENT_NOT_SET -> {}
        }
    }
}
