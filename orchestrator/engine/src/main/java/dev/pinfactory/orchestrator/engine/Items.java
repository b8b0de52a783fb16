package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the outcomes of its items make of a for_each step. */
final class Items {
    private Items() {}

    /** @param failOnAny whether one item without success fails the step */
    static StepOutcome aggregate(Contract contract, List<StepOutcome> items, boolean failOnAny) {
        int succeeded = 0;
        int abstained = 0;
        int firstBad = -1;
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof StepOutcome.Succeeded) {
                succeeded++;
                continue;
            }
            boolean worse = firstBad < 0 || items.get(firstBad) instanceof StepOutcome.Cancelled;
            firstBad = worse ? i : firstBad;
            abstained += items.get(i) instanceof StepOutcome.Abstained ? 1 : 0;
        }
        boolean failed = firstBad >= 0 && (succeeded == 0 || failOnAny);
        if (!failed) {
            return new StepOutcome.Succeeded(lists(contract, items));
        }
        if (succeeded == 0 && abstained == items.size()) {
            return new StepOutcome.Abstained("all " + abstained + " items abstained", lists(contract, items));
        }
        return failure(items, firstBad, succeeded);
    }

    private static StepOutcome failure(List<StepOutcome> items, int first, int succeeded) {
        String how = (items.size() - succeeded) + " of " + items.size() + " items did not succeed; item " + first;
        return switch (items.get(first)) {
            case StepOutcome.Failed bad -> new StepOutcome.Failed(bad.code(), how + ": " + bad.detail());
            case StepOutcome.Abstained bad ->
                new StepOutcome.Failed(ErrorCode.LOW_CONFIDENCE, how + " abstained: " + bad.reason());
            case StepOutcome.Skipped bad ->
                new StepOutcome.Failed(
                        ErrorCode.SPECIALIST_FAILED, how + " is missing: nothing came from " + bad.cause());
            case StepOutcome.Cancelled bad -> new StepOutcome.Cancelled();
            case StepOutcome.Succeeded good -> throw new IllegalArgumentException("item " + first + " succeeded");
        };
    }

    /** One list for each port, in input order, with holes; of items that abstained the best guess, where the whole step abstained. */
    private static List<Artifact> lists(Contract contract, List<StepOutcome> items) {
        List<Artifact> outputs = new ArrayList<>();
        for (Port port : contract.getOutputsList()) {
            ArtifactList.Builder list = ArtifactList.newBuilder();
            Set<String> dataClasses = new LinkedHashSet<>();
            double confidence = 1;
            for (int i = 0; i < items.size(); i++) {
                Artifact artifact = output(items.get(i), port.getName());
                if (artifact == null) {
                    list.addItems(Artifact.getDefaultInstance()).addHoles(i);
                    continue;
                }
                list.addItems(artifact.toBuilder().clearName());
                dataClasses.addAll(artifact.getDataClassesList());
                confidence = Math.min(confidence, artifact.getConfidence());
            }
            boolean never = list.getHolesCount() == items.size() && port.getOptional();
            if (never) {
                continue;
            }
            outputs.add(Artifact.newBuilder()
                    .setName(port.getName())
                    .setType(port.getType())
                    .addAllDataClasses(dataClasses)
                    .setConfidence(confidence)
                    .setItems(list)
                    .build());
        }
        return outputs;
    }

    private static @Nullable Artifact output(StepOutcome item, String port) {
        List<Artifact> outputs = switch (item) {
            case StepOutcome.Succeeded succeeded -> succeeded.outputs();
            case StepOutcome.Failed failed -> List.of();
            case StepOutcome.Abstained abstained -> List.of();
            case StepOutcome.Skipped skipped -> List.of();
            case StepOutcome.Cancelled cancelled -> List.of();
        };
        return outputs.stream()
                .filter(each -> each.getName().equals(port))
                .findFirst()
                .orElse(null);
    }
}
