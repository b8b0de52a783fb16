package dev.pinfactory.orchestrator.service.run;

import dev.pinfactory.orchestrator.service.store.TrainingConsent;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.events.v1.InputDigest;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Task;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What events say of a task's inputs: their digests, and whether the task may be learnt from. */
public final class InputDigests {
    private InputDigests() {}

    public static List<InputDigest> of(Task task) {
        return task.getInputsList().stream().map(InputDigests::digest).toList();
    }

    public static boolean mayBeLearntFrom(Task task) {
        return TrainingConsent.isGiven(task);
    }

    private static InputDigest digest(Artifact input) {
        return InputDigest.newBuilder()
                .setName(input.getName())
                .setType(input.getType())
                .setDigest(
                        switch (input.getContentCase()) {
                            case REF -> input.getRef().getDigest();
                            case DATA -> Digests.of(input.getData().toByteArray());
                            case TEXT -> Digests.of(input.getText().getBytes(StandardCharsets.UTF_8));
                            case JSON, ITEMS, CONTENT_NOT_SET -> Digests.of(input);
                        })
                .build();
    }
}
