package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.type.FiniteNumbers;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that an answer has the outputs that the contract promises, and puts them into the contract's order under its names, with the data
 * classes of the inputs. Whether their JSON is valid against the type's schema is the shell's to check before it hands the answer over.
 */
final class AnswerCheck {
    private final SemanticTypes types;

    AnswerCheck(SemanticTypes types) {
        this.types = types;
    }

    /** Outputs, or what is wrong with them. */
    record Checked(List<Artifact> outputs, Optional<String> problem) {}

    /**
     * @param names our port names to those of the specialist that answered, where they differ
     * @param dataClasses of the call's inputs
     * @param clears what the specialist that answered clears of them
     */
    Checked check(
            Contract contract,
            List<Artifact> answer,
            Map<String, String> names,
            Set<String> dataClasses,
            List<String> clears) {
        Map<String, Artifact> byName = HashMap.newHashMap(answer.size());
        for (Artifact artifact : answer) {
            if (byName.putIfAbsent(artifact.getName(), artifact) != null) {
                return wrong("output '" + artifact.getName() + "' came twice");
            }
        }
        List<Artifact> outputs = new ArrayList<>(contract.getOutputsCount());
        for (Port port : contract.getOutputsList()) {
            Artifact output = byName.get(names.getOrDefault(port.getName(), port.getName()));
            if (output == null) {
                if (port.getOptional()) {
                    continue;
                }
                return wrong("output '" + port.getName() + "' is missing");
            }
            Optional<String> problem = problem(port, output);
            if (problem.isPresent()) {
                return wrong("output '" + port.getName() + "' " + problem.get());
            }
            Artifact ours = names.isEmpty() ? output : renamed(output, names);
            outputs.add(classified(port, ours, dataClasses, clears));
        }
        return new Checked(outputs, Optional.empty());
    }

    private Optional<String> problem(Port port, Artifact output) {
        if (!types.isAssignable(output.getType(), port.getType())) {
            return Optional.of("is of type '" + output.getType() + "', promised is '" + port.getType() + "'");
        }
        boolean many = port.getCardinality() == Port.Cardinality.MANY;
        if (many != output.hasItems()) {
            return Optional.of(many ? "is no list" : "is a list");
        }
        if (output.getContentCase() == Artifact.ContentCase.CONTENT_NOT_SET) {
            return Optional.of("is empty");
        }
        if (!isProbability(output.getConfidence())) {
            return Optional.of("has the confidence " + output.getConfidence());
        }
        Optional<FieldViolation> noNumber = FiniteNumbers.check(output);
        if (noNumber.isPresent()) {
            return Optional.of("has at " + noNumber.get().field() + " a number that JSON can't say");
        }
        for (LeafNote leaf : output.getLeavesList()) {
            if (!isProbability(leaf.getConfidence())) {
                return Optional.of("has the confidence " + leaf.getConfidence() + " at '" + leaf.getPointer() + "'");
            }
        }
        return Optional.empty();
    }

    /** Evidence that a fallback gives under its own port names, under ours. */
    private static Artifact renamed(Artifact artifact, Map<String, String> names) {
        Artifact.Builder ours = artifact.toBuilder();
        for (LeafNote.Builder leaf : ours.getLeavesBuilderList()) {
            for (Evidence.Builder evidence : leaf.getEvidenceBuilderList()) {
                String named = evidence.getInput();
                names.forEach((our, their) -> {
                    if (their.equals(named)) {
                        evidence.setInput(our);
                    }
                });
            }
        }
        if (artifact.hasItems()) {
            ArtifactList.Builder items = ours.getItems().toBuilder().clearItems();
            artifact.getItems().getItemsList().forEach(item -> items.addItems(renamed(item, names)));
            ours.setItems(items);
        }
        return ours.build();
    }

    private static Artifact classified(Port port, Artifact output, Set<String> dataClasses, List<String> clears) {
        boolean asItIs = output.getName().equals(port.getName())
                && output.getDataClassesList().containsAll(dataClasses);
        if (asItIs) {
            return output;
        }
        Set<String> classes = new LinkedHashSet<>(dataClasses);
        clears.forEach(classes::remove);
        classes.addAll(output.getDataClassesList());
        return output.toBuilder()
                .setName(port.getName())
                .clearDataClasses()
                .addAllDataClasses(classes)
                .build();
    }

    private static boolean isProbability(double confidence) {
        return confidence >= 0 && confidence <= 1;
    }

    private static Checked wrong(String problem) {
        return new Checked(List.of(), Optional.of(problem));
    }
}
