package dev.pinfactory.orchestrator.merge;

import com.google.protobuf.Value;
import dev.pinfactory.orchestrator.engine.StepOutcome;
import dev.pinfactory.orchestrator.engine.StepRecord;
import dev.pinfactory.proto.plan.DefaultMapping;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Candidate;
import dev.pinfactory.proto.v1.Conflict;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.OutputMapping.MergeRule;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Executes a plan's output mapping. Pure: the same request gives the same bytes, whatever the order in which the steps ended. */
public final class Merge {
    /** How much may be read in vain, as a multiple of what the output may have. */
    private static final int LOOKED_AT = 4;

    private final MergeRequest request;
    private final MergeSettings settings;
    private final Wiring wiring;
    private final Outputs outputs;
    private final MergeRules rules;

    private Merge(MergeRequest request, MergeSettings settings) {
        this.request = request;
        this.settings = settings;
        wiring = new Wiring(request);
        outputs = new Outputs(wiring, new Lineage(wiring));
        rules = new MergeRules(settings.minMargin());
    }

    /** Merges what the steps brought. Never throws for what a specialist answered: what can't be used is missing, with the reason. */
    public static MergeResult execute(MergeRequest request, MergeSettings settings) {
        return new Merge(request, settings).run();
    }

    private MergeResult run() {
        Findings findings = new Findings(settings.minFieldConfidence());
        Target target = new Target(request.outputSchema().map(Schema::of).orElseGet(Schema::anything));
        long left = settings.maxOutputBytes();
        long work = LOOKED_AT * settings.maxOutputBytes();
        for (OutputMapping mapping : request.plan().getOutputList()) {
            Optional<Node> node = work > 0 ? value(mapping, findings) : Optional.of(tooLarge(mapping));
            if (node.isPresent()) {
                long size = Nodes.value(node.get()).getSerializedSize();
                boolean fits = size <= left;
                left -= fits ? size : 0;
                work -= size;
                target.put(JsonPointer.of(mapping.getTarget()), fits ? node.get() : tooLarge(mapping));
            }
        }
        Node shaped = target.shaped();
        findings.record(shaped, JsonPointer.whole());
        request.plan()
                .getUnmetList()
                .forEach(unmet -> findings.missing("", "'" + unmet.getText() + "': " + unmet.getReason(), ""));
        Value output = Nodes.value(shaped);
        return findings.about(output);
    }

    /** One output may be written to many places, and a plan is not trusted to be modest. */
    private Node tooLarge(OutputMapping mapping) {
        return new Node.Absent(
                "with it the output would have more than " + settings.maxOutputBytes() + " bytes",
                mapping.getSources(0).getStep());
    }

    /** What a mapping gives; empty where the plan foresaw that it might give nothing. */
    private Optional<Node> value(OutputMapping mapping, Findings findings) {
        List<Node> there = new ArrayList<>();
        List<Node> absent = new ArrayList<>();
        for (StepOutput source : mapping.getSourcesList()) {
            Node node = outputs.read(source);
            if (!(node instanceof Node.Absent)) {
                there.add(node);
            } else if (!wiring.record(source.getStep())
                    .map(StepRecord::outcome)
                    .map(Reasons::foreseen)
                    .orElse(false)) {
                absent.add(guessed(source, node));
            }
        }
        if (there.size() == 1) {
            return Optional.of(there.getFirst());
        }
        if (!there.isEmpty()) {
            return Optional.of(rules.merge(rule(mapping), there));
        }
        if (mapping.getSourcesList().stream().anyMatch(this::abstained)) {
            findings.doubt();
        }
        return absent.stream().findFirst();
    }

    private boolean abstained(StepOutput source) {
        return wiring.record(source.getStep())
                .filter(record -> record.outcome() instanceof StepOutcome.Abstained)
                .isPresent();
    }

    /** An abstention's best guess is shown as the only candidate of a conflict that nobody won, and not used. */
    private Node guessed(StepOutput source, Node absent) {
        Optional<Node> guess = outputs.bestGuess(source);
        if (guess.isEmpty()) {
            return absent;
        }
        Conflict conflict = Conflict.newBuilder()
                .addCandidates(Candidate.newBuilder()
                        .setValue(Nodes.value(guess.get()))
                        .setWeight(Nodes.confidence(guess.get()))
                        .addAllSources(Nodes.sources(guess.get())))
                .build();
        return new Node.Disputed(absent, conflict);
    }

    private MergeRule rule(OutputMapping mapping) {
        if (mapping.getRule() != MergeRule.MERGE_RULE_UNSPECIFIED || mapping.getSourcesCount() == 0) {
            return mapping.getRule();
        }
        StepOutput first = mapping.getSources(0);
        boolean whole = first.getPointer().isEmpty();
        Optional<Step> step = wiring.step(first.getStep());
        Optional<Contract> contract = step.flatMap(found -> request.contracts().find(found.getSpecialist()));
        Optional<Port> port = contract.flatMap(found -> found.getOutputsList().stream()
                .filter(each -> each.getName().equals(first.getOutput()))
                .findFirst());
        if (!whole || port.isEmpty()) {
            return MergeRule.VOTE;
        }
        boolean many = port.get().getCardinality() == Port.Cardinality.MANY
                || !step.orElseThrow().getForEach().isEmpty();
        return DefaultMapping.ruleFor(
                port.get().getType(), many, request.contracts().types());
    }
}
