package dev.pinfactory.router.models;

import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.models.GeneratedPlans.Generated;
import dev.pinfactory.router.models.evaluation.GraphFile;
import dev.pinfactory.router.models.evaluation.LabelledRequest;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Interpreter;
import dev.pinfactory.router.planner.sketch.EdgeFeatures;
import dev.pinfactory.router.planner.sketch.Sketch.Use;
import dev.pinfactory.router.planner.sketch.Sketches;
import dev.pinfactory.router.planner.sketch.ToolGraph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trains the link model from gold plans of TaskBench's multimedia domain and from plans that are made up from the types of both of its domains. Links that
 * a language model wrote are not used.
 */
final class TrainLinks {
    private static final int GENERATED = 5_000;
    /** One plan in so many has no types, as in catalogues that declare none. */
    private static final int UNTYPED = 4;

    private static final double GOLD_WEIGHT = 2;

    private final Path data;
    private final long seed;
    private final PrintStream out;

    TrainLinks(Path data, long seed, PrintStream out) {
        this.data = data;
        this.seed = seed;
        this.out = out;
    }

    /**
     * Writes {@code links.bin} and its lineage.
     *
     * @param leftOut a library that nothing is learned from; empty for none
     */
    void train(Path target, Interpreter interpreter, Grounder grounder, String leftOut) throws IOException {
        LinkTrainer trainer = new LinkTrainer();
        Map<String, String> digests = new LinkedHashMap<>();
        for (String name : List.of("multimedia", "huggingface")) {
            if (!name.equals(leftOut)) {
                generate(trainer, name);
                digests.put(name + "/tools.json", digest(name, "tools.json"));
                digests.put(name + "/graph.jsonl", digest(name, "graph.jsonl"));
            }
        }
        int generated = trainer.size();
        if (!leftOut.equals("multimedia")) {
            gold(trainer, interpreter, grounder);
            digests.put("multimedia/requests-train.jsonl.gz", digest("multimedia", "requests-train.jsonl.gz"));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new LinkModel(trainer.fit()).write(bytes);
        Files.write(target.resolve(RouterFiles.LINKS), bytes.toByteArray());
        Map<String, Object> lineage = new LinkedHashMap<>();
        lineage.put("model", Digests.of(bytes.toByteArray()));
        lineage.put("trainer", TrainLinks.class.getName());
        lineage.put("seed", seed);
        lineage.put("rows from generated plans", generated);
        lineage.put("rows from gold plans", trainer.size() - generated);
        lineage.put("data", digests);
        Files.writeString(
                target.resolve("links-lineage.json"),
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(lineage) + "\n");
        out.println("wrote " + target.resolve(RouterFiles.LINKS) + ", " + bytes.size() + " bytes");
    }

    private void generate(LinkTrainer trainer, String name) {
        GeneratedPlans plans = new GeneratedPlans(contracts(name), graph(name), seed);
        for (int i = 0; i < GENERATED; i++) {
            Generated plan = plans.next(i % UNTYPED != 0);
            trainer.add(plan.uses(), plan.features(), plan.links(), 1);
        }
    }

    private void gold(LinkTrainer trainer, Interpreter interpreter, Grounder grounder) {
        Contracts contracts = Contracts.of(contracts("multimedia"));
        ToolGraph graph = graph("multimedia");
        for (LabelledRequest request : LabelledRequest.read(folder("multimedia").resolve("requests-train.jsonl.gz"))) {
            if (!request.label().equals("gold") || request.links().isEmpty()) {
                continue;
            }
            Interpretation read = interpreter.interpret(request.text());
            Grounding grounding = grounder.ground(read, contracts);
            List<CardScore> right = grounding.scores().stream()
                    .filter(score -> request.tools().contains(score.contract().getId()))
                    .toList();
            List<Use> uses = Sketches.uses(read, right);
            for (ToolGraph known : List.of(graph, ToolGraph.UNKNOWN)) {
                EdgeFeatures features = Sketches.features(read, uses, known);
                trainer.add(uses, features, request.links(), GOLD_WEIGHT);
            }
        }
    }

    private List<Contract> contracts(String name) {
        return CardReader.read(folder(name).resolve("tools.json")).stream()
                .map(Card::getContract)
                .toList();
    }

    private ToolGraph graph(String name) {
        return GraphFile.read(folder(name).resolve("graph.jsonl"));
    }

    private String digest(String name, String file) throws IOException {
        return Digests.of(Files.readAllBytes(folder(name).resolve(file)));
    }

    private Path folder(String name) {
        return data.resolve("taskbench").resolve(name);
    }
}
