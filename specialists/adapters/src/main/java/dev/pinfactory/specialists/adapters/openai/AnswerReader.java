package dev.pinfactory.specialists.adapters.openai;

import dev.pinfactory.chat.json.OneObject;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.specialists.adapters.openai.ChatMapping.Output;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.serving.OutputCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Makes artifacts of what a model wrote, which nobody has checked: only members, labels and quotes that the mapping knows come through. */
final class AnswerReader {
    private final ChatMapping mapping;
    private final CardRules card;
    private final OutputCheck check;
    private final Set<String> members = new HashSet<>(Set.of(AnswerSchema.UNSURE, AnswerSchema.CONFIDENCE));

    AnswerReader(ChatMapping mapping, Contract contract) {
        this.mapping = mapping;
        this.card = new CardRules(contract);
        this.check = new OutputCheck(contract);
        mapping.outputs().forEach(output -> members.add(output.port()));
    }

    /**
     * @param sure false where the model, or the mapping, would rather not say
     */
    record Read(List<Artifact> outputs, boolean sure) {}

    Read read(String written, Inference item) throws UnusableAnswer {
        OneObject.Found found = OneObject.in(written, "answer", this::hasOutputs);
        if (found.object().isEmpty()) {
            throw new UnusableAnswer(found.problem());
        }
        JsonNode answer = found.object().get();
        if (!members.containsAll(answer.propertyNames())) {
            throw new UnusableAnswer("the answer has members that were not asked for");
        }
        double confidence = confidence(answer);
        OutputReader reader = new OutputReader(item, card.texts(), confidence);
        List<Artifact> outputs = new ArrayList<>();
        for (Output output : mapping.outputs()) {
            Artifact.Builder artifact = Artifact.newBuilder()
                    .setName(output.port())
                    .setType(card.port(output.port()).getType())
                    .setConfidence(confidence);
            outputs.add(reader.read(output, answer.path(output.port()), artifact));
        }
        List<FieldViolation> violations = check.violations(outputs, item.inputs());
        if (!violations.isEmpty()) {
            throw new UnusableAnswer("the answer breaks the types of the card in " + violations.size() + " places");
        }
        boolean unsure = answer.path(AnswerSchema.UNSURE).asBoolean(false);
        return new Read(outputs, !unsure && !(mapping.statedConfidence() && confidence < mapping.abstainBelow()));
    }

    private boolean hasOutputs(JsonNode object) {
        return mapping.outputs().stream().allMatch(output -> object.has(output.port()));
    }

    private double confidence(JsonNode answer) throws UnusableAnswer {
        if (!mapping.statedConfidence()) {
            return mapping.confidence();
        }
        JsonNode stated = answer.path(AnswerSchema.CONFIDENCE);
        if (!stated.isNumber() || !(stated.doubleValue() >= 0 && stated.doubleValue() <= 1)) {
            throw new UnusableAnswer("the answer states no confidence between 0 and 1");
        }
        return Math.min(stated.doubleValue(), mapping.maxConfidence());
    }
}
