package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.router.models.RouterValidation.Judged;
import dev.pinfactory.router.models.TrainingLibrary.Request;
import dev.pinfactory.router.planner.interpret.Interpreter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trains everything that the router ships: {@code TrainRouter --data DIR --out DIR}. DIR holds the training sets; the output is {@code router.bin} and
 * its lineage. The same data and seed give the same bytes. {@code --share 0.2} takes that share of the requests, for a quick trial.
 */
public final class TrainRouter {
    private static final long SEED = 20261121;
    private static final int VALIDATION = 400;
    private static final int SINGLES = 3_000;
    private static final int COMPOSED = 2_500;
    private static final int CHATTER = 1_500;
    private static final int MULTIMEDIA = 2_400;
    private static final List<String> LIBRARIES = List.of("multimedia", "huggingface", "metatool");

    /** Intents that a library of media or language tools does answer; everything else of that set is something it can't. */
    private static final Set<String> ANSWERABLE_CHATTER = Set.of(
            "translate",
            "spelling",
            "definition",
            "text",
            "play_music",
            "what_song",
            "update_playlist",
            "next_song",
            "change_speed",
            "change_volume",
            "calculator",
            "weather");

    private final Path data;
    private final PrintStream out;
    private final VectorCache encoder;
    private final Map<String, Object> lineage = new LinkedHashMap<>();

    private final double share;
    private final String leftOut;

    private TrainRouter(Path data, VectorCache encoder, double share, String leftOut, PrintStream out) {
        this.share = share;
        this.leftOut = leftOut;
        this.data = data;
        this.encoder = encoder;
        this.out = out;
    }

    public static void main(String[] arguments) {
        Path data = null;
        Path target = null;
        double share = 1;
        String leftOut = "";
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--data" -> data = Path.of(arguments[i + 1]);
                case "--out" -> target = Path.of(arguments[i + 1]);
                case "--share" -> share = Double.parseDouble(arguments[i + 1]);
                case "--leave-out" -> leftOut = library(arguments[i + 1]);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        if (data == null || target == null) {
            throw new IllegalArgumentException("usage: TrainRouter --data DIR --out DIR [--leave-out LIBRARY]");
        }
        try {
            Files.createDirectories(target);
            try (VectorCache encoder = new VectorCache(SentenceEncoder.shared(), target.resolve("vectors.cache"))) {
                new TrainRouter(data, encoder, share, leftOut, System.out).train(target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String library(String name) {
        if (!LIBRARIES.contains(name)) {
            throw new IllegalArgumentException("--leave-out: expected one of " + LIBRARIES + ", got '" + name + "'");
        }
        return name;
    }

    private void train(Path target) throws IOException {
        out.println("seed " + SEED);
        TrainingLibrary multimedia = TrainingLibrary.read("multimedia", data.resolve("taskbench/multimedia"));
        TrainingLibrary huggingface = TrainingLibrary.read("huggingface", data.resolve("taskbench/huggingface"));
        TrainingLibrary metatool = TrainingLibrary.read("metatool", data.resolve("metatool"));
        List<Request> shuffled = shuffled(multimedia.requests(), 1);
        List<Request> validation = shuffled.subList(0, VALIDATION);
        List<Request> training = shuffled.subList(VALIDATION, Math.min(shuffled.size(), VALIDATION + part(MULTIMEDIA)));
        List<String> chatter = chatter();
        List<Request> others = shuffled.subList(VALIDATION, shuffled.size());

        WordUse words = words(
                List.of(huggingface, metatool, new TrainingLibrary("multimedia", multimedia.contracts(), others)));
        Interpreter interpreter = new Interpreter(words);
        LanguageModel language = language(others, validation, metatool, chatter);

        List<Request> singles = shuffled(metatool.requests(), 2).subList(0, part(SINGLES));
        List<Request> composed = new ComposedRequests(SEED).compose(singles, chatter, part(COMPOSED));
        encodeAhead(
                interpreter,
                List.of(
                        shuffled.subList(0, Math.min(shuffled.size(), VALIDATION + part(MULTIMEDIA))),
                        huggingface.requests(),
                        singles,
                        composed),
                chatter);
        Material material = new Material(multimedia, training, huggingface, metatool, singles, composed, chatter);

        // Plans are judged on a library that the judged model was not trained on.
        boolean onMultimedia = !leftOut.equals("multimedia");
        TrainingLibrary unseen = onMultimedia ? multimedia : huggingface;
        List<Request> unseenTraining = onMultimedia ? training : huggingface.requests();
        List<Request> unseenValidation = onMultimedia ? validation : huggingface.requests();
        out.println("leaving " + unseen.name() + " out ...");
        RouterValidation stranger = validation(
                interpreter,
                rows(interpreter, material, Set.of(leftOut, unseen.name())).fit());
        List<Judged> zeroShot = stranger.judgeAll(unseenValidation, unseen.contracts());
        out.println(unseen.name() + ", zero-shot: " + RouterValidation.summary(zeroShot));
        int most = unseenTraining.size() * 2 / 3;
        List<Judged> judged = new ArrayList<>(
                stranger.judgeOverParts(unseenTraining.subList(0, most), unseen.contracts(), new Random(SEED + 3)));
        judged.addAll(stranger.judgeAll(unseenTraining.subList(most, unseenTraining.size()), unseen.contracts()));
        judged.addAll(stranger.judgeAll(unanswerable(chatter.subList(0, 100)), unseen.contracts()));
        PlanConfidence confidence = RouterValidation.calibrate(judged);
        out.println("expected calibration error, zero-shot: " + calibrationError(confidence, zeroShot));

        out.println(leftOut.isEmpty() ? "with everything ..." : "with everything but " + leftOut + " ...");
        TrainingRows all = rows(interpreter, material, Set.of(leftOut));
        Reranker reranker = all.fit();
        RouterValidation shipped = validation(interpreter, reranker);
        List<Judged> held = shipped.judgeAll(validation, multimedia.contracts());
        out.println("multimedia, held-out requests: " + RouterValidation.summary(held));
        lineage.put(
                unseen.name() + " zero-shot (" + zeroShot.size() + " requests, model trained without it)",
                RouterValidation.summary(zeroShot));
        lineage.put("multimedia held-out requests (" + held.size() + ", this model)", RouterValidation.summary(held));
        write(target, new Weights(words, language, reranker, confidence), all.size());
        new TrainLinks(data, TrainLinks.SEED, out)
                .train(target, interpreter, new LearnedGrounder(encoder, reranker, new CardIndexes(encoder)), leftOut);
    }

    /** What a router can be trained on; {@code training} are multimedia's requests for it. */
    private record Material(
            TrainingLibrary multimedia,
            List<Request> training,
            TrainingLibrary huggingface,
            TrainingLibrary metatool,
            List<Request> singles,
            List<Request> composed,
            List<String> chatter) {}

    private TrainingRows rows(Interpreter interpreter, Material material, Set<String> without) {
        TrainingRows rows = new TrainingRows(interpreter, encoder, SEED + 4);
        List<String> chatter = material.chatter();
        if (!without.contains("huggingface")) {
            for (int repeat = 0; repeat < 4; repeat++) {
                rows.add(material.huggingface(), material.huggingface().requests(), 0.25);
            }
        }
        if (!without.contains("metatool")) {
            rows.add(material.metatool(), material.singles(), 0.6);
            rows.add(material.metatool(), material.composed(), 0.6);
        }
        if (!without.contains("huggingface")) {
            rows.add(material.huggingface(), unanswerable(chatter.subList(0, chatter.size() / 2)), 0.1);
        }
        if (!without.contains("multimedia")) {
            rows.add(material.multimedia(), material.training(), 1);
            rows.add(material.multimedia(), unanswerable(chatter.subList(chatter.size() / 2, chatter.size())), 0.1);
        }
        out.println(rows.size() + " rows");
        return rows;
    }

    private RouterValidation validation(Interpreter interpreter, Reranker reranker) {
        return new RouterValidation(interpreter, new LearnedGrounder(encoder, reranker, new CardIndexes(encoder)));
    }

    private WordUse words(List<TrainingLibrary> libraries) {
        WordUseTrainer trainer = new WordUseTrainer();
        int tools = 0;
        for (TrainingLibrary library : libraries) {
            if (!library.name().equals(leftOut)) {
                library.requests().forEach(request -> trainer.count(request.text(), request.tools()));
                tools += library.contracts().size();
            }
        }
        for (JsonNode node : TrainingLibrary.lines(data.resolve("clinc150/train.jsonl.gz"))) {
            trainer.count(
                    node.path("text").asString(),
                    Set.of("intent " + node.path("label").asString()));
        }
        WordUse words = trainer.result(tools + 150);
        out.println(words.uses().size() + " words");
        return words;
    }

    private LanguageModel language(
            List<Request> training, List<Request> validation, TrainingLibrary metatool, List<String> chatter) {
        List<String> known = new ArrayList<>(chatter);
        training.forEach(request -> known.add(request.text()));
        shuffled(metatool.requests(), 5).subList(0, 8_000).forEach(request -> known.add(request.text()));
        List<String> others = new ArrayList<>();
        List<String> heldOut = new ArrayList<>();
        for (JsonNode node : TrainingLibrary.lines(data.resolve("langid_lingua/train.jsonl.gz"))) {
            String text = node.path("text").asString();
            if (node.path("label").asString().equals("en")) {
                known.add(text);
            } else if (!node.path("kind").asString().equals("word")) {
                (others.size() % 20 == 7 && heldOut.size() * 20 <= others.size() ? heldOut : others).add(text);
            }
        }
        LanguageModel model = LanguageTrainer.fit(known, others, SEED);
        long falseRefusals = validation.stream()
                .filter(request -> model.knows(request.text()) < 0.5)
                .count();
        long sentences =
                heldOut.stream().filter(text -> text.split(" ").length >= 5).count();
        long caught = heldOut.stream()
                .filter(text -> text.split(" ").length >= 5 && model.knows(text) < 0.5)
                .count();
        out.printf(
                "language: %d of %d English requests refused, %d of %d foreign sentences caught%n",
                falseRefusals, validation.size(), caught, sentences);
        return model;
    }

    private List<String> chatter() {
        List<String> texts = new ArrayList<>();
        for (JsonNode node : TrainingLibrary.lines(data.resolve("clinc150/train.jsonl.gz"))) {
            if (!ANSWERABLE_CHATTER.contains(node.path("label").asString())) {
                texts.add(node.path("text").asString());
            }
        }
        return shuffled(texts, 6).subList(0, part(CHATTER));
    }

    private static List<Request> unanswerable(List<String> texts) {
        return texts.stream().map(text -> new Request(text, Set.of())).toList();
    }

    private void encodeAhead(Interpreter interpreter, List<List<Request>> requests, List<String> chatter) {
        TrainingRows rows = new TrainingRows(interpreter, encoder, SEED);
        for (List<Request> list : requests) {
            for (int from = 0; from < list.size(); from += 500) {
                list.subList(from, Math.min(list.size(), from + 500)).parallelStream()
                        .forEach(request -> rows.query(request.text()));
                encoder.save();
            }
        }
        chatter.parallelStream().forEach(rows::query);
        encoder.save();
        out.println("encoded");
    }

    private int part(int count) {
        return (int) Math.round(count * share);
    }

    private static <T> List<T> shuffled(List<T> list, int stream) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, new Random(SEED + stream));
        return shuffled;
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

    private void write(Path target, Weights weights, int rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        weights.write(bytes);
        Files.write(target.resolve("router.bin"), bytes.toByteArray());
        Map<String, String> digests = new LinkedHashMap<>();
        for (String file : List.of(
                "taskbench/multimedia/tools.json",
                "taskbench/multimedia/requests-train.jsonl.gz",
                "taskbench/huggingface/tools.json",
                "taskbench/huggingface/requests-train.jsonl",
                "metatool/tools.json",
                "metatool/requests-train.jsonl.gz",
                "clinc150/train.jsonl.gz",
                "langid_lingua/train.jsonl.gz")) {
            digests.put(file, Digests.of(Files.readAllBytes(data.resolve(file))));
        }
        lineage.put("model", Digests.of(bytes.toByteArray()));
        lineage.put("encoder", encoder.digest());
        lineage.put("trainer", TrainRouter.class.getName());
        lineage.put("seed", SEED);
        lineage.put("rows", rows);
        if (!leftOut.isEmpty()) {
            lineage.put("left out", leftOut);
        }
        lineage.put("data", digests);
        Files.writeString(
                target.resolve("lineage.json"),
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(lineage) + "\n");
        out.println("wrote " + target.resolve("router.bin") + ", " + bytes.size() + " bytes");
    }
}
