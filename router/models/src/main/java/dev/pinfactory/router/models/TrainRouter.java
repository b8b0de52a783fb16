package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.models.RouterValidation.Judged;
import dev.pinfactory.router.models.TrainingLibrary.Request;
import dev.pinfactory.router.models.evaluation.JsonLines;
import dev.pinfactory.router.planner.interpret.Interpreter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trains everything that the router ships: {@code --data DIR --out DIR [--leave-out LIBRARY]}. DIR holds the training sets; the output is {@code router.bin},
 * {@code links.bin}, their lineage, and the requests that were kept for validation. The same data and seed give the same bytes. {@code --share 0.2} takes that
 * share of the requests, for a quick trial. An {@code encoder.bin} that {@link TuneEncoder} left there is measured too, and becomes part of the router.
 */
public final class TrainRouter {
    private static final long SEED = 20261121;

    /** Of the catalogues that a re-ranker learns from, the share in which cards have examples. */
    private static final double WITH_EXAMPLES = 0.6;

    private static final double WITHOUT_EXAMPLES = 0;
    private static final int FOREIGN_VALIDATION = 20;

    private final Path data;
    private final long seed;
    private final VectorCache encoder;
    private final TrainingMaterial material;
    private final String leftOut;
    private final Optional<TokenReader> reader;
    private final PrintStream out;
    private final Map<String, Object> lineage = new LinkedHashMap<>();

    private TrainRouter(
            TrainingOptions options,
            long seed,
            VectorCache encoder,
            TrainingMaterial material,
            Optional<TokenReader> reader,
            PrintStream out) {
        this.data = options.data();
        this.leftOut = options.leftOut();
        this.seed = seed;
        this.encoder = encoder;
        this.material = material;
        this.reader = reader;
        this.out = out;
    }

    public static void main(String[] line) {
        try {
            TrainingOptions options = TrainingOptions.of(line, "--share", "--seed");
            double share = options.number("--share", Double::valueOf, 1.0);
            long seed = options.number("--seed", Long::valueOf, SEED);
            Path target = options.out();
            Files.createDirectories(target);
            try (VectorCache encoder = new VectorCache(SentenceEncoder.shared(), target.resolve("vectors.cache"))) {
                TrainingMaterial material = new TrainingMaterial(options.data(), share, SEED);
                Optional<TokenReader> reader = tunedEncoder(target, options.leftOut());
                new TrainRouter(options, seed, encoder, material, reader, System.out).train(target);
            }
        } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
            System.err.println("pin train router: " + e.getMessage());
            System.exit(2);
        }
    }

    /** The one that was tuned into the same folder before, to be measured with what is trained now. */
    static Optional<TokenReader> tunedEncoder(Path target, String leftOut) throws IOException {
        Path file = target.resolve(RouterFiles.ENCODER);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String without = RouterFiles.lineage(target, TunedEncoder.LINEAGE)
                .path("left out")
                .asString("");
        if (!without.equals(leftOut)) {
            throw new IllegalArgumentException(file + " was tuned with '" + without + "' left out, and --leave-out is '"
                    + leftOut + "': tune it anew, or take it away");
        }
        return Optional.of(TokenReaders.of(Files.readAllBytes(file)));
    }

    private void train(Path target) throws IOException {
        out.println("seed " + seed);
        WordUse words = words();
        Interpreter interpreter = new Interpreter(words);
        LanguageModel language = language();
        encodeAhead(interpreter);
        PlanConfidence confidence = confidence(interpreter);

        out.println(leftOut.isEmpty() ? "with everything ..." : "with everything but " + leftOut + " ...");
        Rerankers rerankers = rerankers(interpreter, Set.of(leftOut));
        List<Judged> held = validation(interpreter, rerankers)
                .judgeAll(material.validation(), material.library("multimedia").contracts());
        report("multimedia, requests kept for validation", held);
        if (reader.isPresent()) {
            report(
                    "the same with the tuned encoder",
                    new RouterValidation(
                                    interpreter,
                                    new LearnedGrounder(encoder, rerankers, new CardIndexes(encoder, reader)))
                            .judgeAll(
                                    material.validation(),
                                    material.library("multimedia").contracts()));
        }
        write(target, new Weights(words, language, rerankers, confidence));
        new TrainLinks(data, seed + 9, out)
                .train(target, interpreter, new LearnedGrounder(encoder, rerankers, new CardIndexes(encoder)), leftOut);
        writeValidation(target.resolve("multimedia-validation.jsonl"));
    }

    /** How sure a plan is, learned on libraries that the judged model was not trained on, each counting the same. */
    private PlanConfidence confidence(Interpreter interpreter) {
        Map<String, List<Judged>> kept = new LinkedHashMap<>();
        List<List<Judged>> learned = new ArrayList<>();
        for (String name : TrainingMaterial.LIBRARIES) {
            if (name.equals(leftOut)) {
                continue;
            }
            out.println("leaving " + name + " out ...");
            List<Contract> library = material.library(name).contracts();
            // None of these cards has examples.
            Reranker reranker = reranker(interpreter, Set.of(leftOut, name), WITHOUT_EXAMPLES);
            RouterValidation stranger = validation(interpreter, new Rerankers(reranker, reranker));
            kept.put(name, stranger.judgeAll(material.confidence(name).kept(), library));
            report(name + ", zero-shot: a model trained without it", kept.get(name));
            List<Request> requests = material.confidence(name).learned();
            int most = requests.size() * 2 / 3;
            List<Judged> judged =
                    new ArrayList<>(stranger.judgeOverParts(requests.subList(0, most), library, new Random(seed + 3)));
            judged.addAll(stranger.judgeAll(requests.subList(most, requests.size()), library));
            judged.addAll(stranger.judgeAll(
                    TrainingMaterial.unanswerable(material.chatter().subList(0, requests.size() / 20)), library));
            learned.add(judged);
        }
        PlanConfidence confidence = RouterValidation.calibrate(learned);
        kept.forEach((name, judged) ->
                out.println("calibration error on " + name + ": " + calibrationError(confidence, judged)));
        return confidence;
    }

    private void report(String what, List<Judged> judged) {
        String summary = RouterValidation.summary(judged);
        out.println(what + ": " + summary);
        lineage.put(what, summary);
    }

    private Rerankers rerankers(Interpreter interpreter, Set<String> without) {
        return new Rerankers(
                reranker(interpreter, without, WITH_EXAMPLES), reranker(interpreter, without, WITHOUT_EXAMPLES));
    }

    private Reranker reranker(Interpreter interpreter, Set<String> without, double withExamples) {
        TrainingRows rows = new TrainingRows(interpreter, encoder, withExamples, seed + 4);
        material.addTo(rows, without);
        out.println("rows: " + rows.size());
        return rows.fit();
    }

    private RouterValidation validation(Interpreter interpreter, Rerankers rerankers) {
        return new RouterValidation(interpreter, new LearnedGrounder(encoder, rerankers, new CardIndexes(encoder)));
    }

    private WordUse words() {
        WordUseTrainer trainer = new WordUseTrainer();
        int tools = 0;
        for (String name : List.of("huggingface", "metatool", "multimedia")) {
            if (!name.equals(leftOut)) {
                List<Request> requests = name.equals("multimedia")
                        ? material.beyondValidation()
                        : material.library(name).requests();
                requests.forEach(request -> trainer.count(request.text(), request.tools()));
                tools += material.library(name).contracts().size();
            }
        }
        for (JsonNode node : material.intents()) {
            trainer.count(
                    node.path("text").asString(),
                    Set.of("intent " + node.path("label").asString()));
        }
        WordUse words = trainer.result(tools + 150);
        out.println(words.uses().size() + " words");
        return words;
    }

    private LanguageModel language() {
        List<String> known = new ArrayList<>(material.chatter());
        if (!leftOut.equals("multimedia")) {
            material.beyondValidation().forEach(request -> known.add(request.text()));
        }
        if (!leftOut.equals("metatool")) {
            material.shuffled(material.library("metatool").requests(), 5)
                    .subList(0, 8_000)
                    .forEach(request -> known.add(request.text()));
        }
        List<String> others = new ArrayList<>();
        List<String> heldOut = new ArrayList<>();
        for (JsonNode node : material.languages()) {
            String text = node.path("text").asString();
            if (node.path("label").asString().equals("en")) {
                known.add(text);
            } else if (!node.path("kind").asString().equals("word")) {
                boolean keep =
                        others.size() % FOREIGN_VALIDATION == 7 && heldOut.size() * FOREIGN_VALIDATION <= others.size();
                (keep ? heldOut : others).add(text);
            }
        }
        LanguageModel model = LanguageTrainer.fit(known, others, SEED);
        List<String> sentences =
                heldOut.stream().filter(text -> text.split(" ").length >= 5).toList();
        String figures = String.format(
                "%d of %d English requests refused, %d of %d foreign sentences caught",
                material.validation().stream()
                        .filter(request -> model.knows(request.text()) < 0.5)
                        .count(),
                material.validation().size(),
                sentences.stream().filter(text -> model.knows(text) < 0.5).count(),
                sentences.size());
        out.println("language: " + figures);
        lineage.put("language", figures);
        return model;
    }

    private void encodeAhead(Interpreter interpreter) {
        TrainingRows rows = new TrainingRows(interpreter, encoder, WITHOUT_EXAMPLES, SEED);
        for (List<Request> list : material.encoded()) {
            for (int from = 0; from < list.size(); from += 500) {
                list.subList(from, Math.min(list.size(), from + 500)).parallelStream()
                        .forEach(request -> rows.query(request.text()));
                encoder.save();
            }
        }
        out.println("encoded");
    }

    private static double calibrationError(PlanConfidence confidence, List<Judged> judged) {
        double[] sums = new double[10];
        double[] right = new double[10];
        for (Judged one : judged) {
            double p = confidence.confidence(one.evidence());
            int bin = (int) Math.min(9, p * 10);
            sums[bin] += p;
            right[bin] += one.exact() ? 1 : 0;
        }
        double error = 0;
        for (int bin = 0; bin < sums.length; bin++) {
            error += Math.abs(sums[bin] - right[bin]) / judged.size();
        }
        return Math.round(error * 1_000) / 1_000.0;
    }

    private void write(Path target, Weights weights) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        weights.write(bytes);
        Files.write(target.resolve(RouterFiles.WEIGHTS), bytes.toByteArray());
        lineage.put("model", Digests.of(bytes.toByteArray()));
        lineage.put("encoder", encoder.digest());
        lineage.put("trainer", TrainRouter.class.getName());
        lineage.put("seed", seed);
        if (!leftOut.isEmpty()) {
            lineage.put("left out", leftOut);
        }
        lineage.put(
                "data",
                material.digests(List.of(
                        "taskbench/multimedia/tools.json",
                        TrainingMaterial.MULTIMEDIA_REQUESTS,
                        "taskbench/huggingface/tools.json",
                        "taskbench/huggingface/requests-train.jsonl",
                        "metatool/tools.json",
                        "metatool/requests-train.jsonl.gz",
                        "clinc150/train.jsonl.gz",
                        "langid_lingua/train.jsonl.gz")));
        Files.writeString(
                target.resolve(RouterModels.LINEAGE),
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(lineage) + "\n");
        out.println("wrote " + target.resolve(RouterFiles.WEIGHTS) + ", " + bytes.size() + " bytes");
    }

    /** The requests that were kept, as they stand in the data set, for the evaluation to run on. */
    private void writeValidation(Path file) throws IOException {
        Set<String> kept = material.validation().stream().map(Request::text).collect(Collectors.toSet());
        List<String> lines = JsonLines.read(data.resolve(TrainingMaterial.MULTIMEDIA_REQUESTS), node -> node).stream()
                .filter(node -> kept.contains(node.path("request").asString().strip()))
                .map(JsonNode::toString)
                .toList();
        Files.write(file, lines);
    }
}
