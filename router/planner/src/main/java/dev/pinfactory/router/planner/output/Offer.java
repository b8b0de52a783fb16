package dev.pinfactory.router.planner.output;

import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.router.planner.bind.DraftStep;
import java.util.List;

/** A part of what a step gives. */
record Offer(DraftStep step, Part part) {

    /** Everything that a step offers. */
    static List<Offer> of(DraftStep step, SemanticTypes types) {
        return Part.of(step.contract(), !step.forEach().isEmpty(), types).stream()
                .map(part -> new Offer(step, part))
                .toList();
    }

    StepOutput output() {
        return StepOutput.newBuilder()
                .setStep(step.id())
                .setOutput(part.port().getName())
                .setPointer(part.pointer())
                .build();
    }

    /** It comes from one of these inputs. */
    boolean readsAny(List<InputDescription> inputs) {
        return step.roots().stream().anyMatch(inputs::contains);
    }
}
