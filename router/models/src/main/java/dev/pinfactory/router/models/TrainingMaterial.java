package dev.pinfactory.router.models;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.router.models.TrainingLibrary.Request;
import dev.pinfactory.router.models.evaluation.JsonLines;
import java.io.IOException;
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

/** What a router is trained on, drawn from the data sets by seed. */
final class TrainingMaterial {
    static final List<String> LIBRARIES = List.of("multimedia", "huggingface", "metatool");
    /** Where the requests for {@code multimedia} come from. */
    static final String MULTIMEDIA_REQUESTS = "taskbench/multimedia/requests-train.jsonl.gz";

    private static final int VALIDATION = 400;
    private static final int SINGLES = 3_000;
    private static final int COMPOSED = 2_500;
    private static final int CHATTER = 1_500;
    private static final int MULTIMEDIA = 2_400;

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
    private final long seed;
    private final TrainingLibrary multimedia;
    private final TrainingLibrary huggingface;
    private final TrainingLibrary metatool;
    private final List<Request> validation;
    private final List<Request> beyondValidation;
    private final List<Request> training;
    private final List<Request> singles;
    private final List<Request> composed;
    private final List<String> chatter;

    /** Reads the data sets; of each, {@code share} is used. */
    TrainingMaterial(Path data, double share, long seed) {
        this.data = data;
        this.seed = seed;
        multimedia = TrainingLibrary.read("multimedia", data.resolve("taskbench/multimedia"));
        huggingface = TrainingLibrary.read("huggingface", data.resolve("taskbench/huggingface"));
        metatool = TrainingLibrary.read("metatool", data.resolve("metatool"));
        List<Request> shuffled = shuffled(multimedia.requests(), 1);
        validation = shuffled.subList(0, VALIDATION);
        beyondValidation = shuffled.subList(VALIDATION, shuffled.size());
        training = beyondValidation.subList(0, Math.min(beyondValidation.size(), part(MULTIMEDIA, share)));
        chatter = chatter(share);
        singles = shuffled(metatool.requests(), 2).subList(0, part(SINGLES, share));
        composed = new ComposedRequests(seed).compose(singles, chatter, part(COMPOSED, share));
    }

    /** One of the {@link #LIBRARIES}. */
    TrainingLibrary library(String name) {
        return switch (name) {
            case "multimedia" -> multimedia;
            case "huggingface" -> huggingface;
            case "metatool" -> metatool;
            default -> throw new IllegalArgumentException("expected one of " + LIBRARIES + ", got '" + name + "'");
        };
    }

    /** Multimedia's requests that nothing is ever trained on. */
    List<Request> validation() {
        return validation;
    }

    /** Multimedia's requests that may be trained on; the re-ranker takes {@link #training}. */
    List<Request> beyondValidation() {
        return beyondValidation;
    }

    List<Request> training() {
        return training;
    }

    /**
     * Requests to one library, to a model that has not seen it.
     *
     * @param learned what a plan's confidence is learned from
     * @param kept others, to see how well it was learned
     */
    record Confidence(List<Request> learned, List<Request> kept) {}

    /** Of one of the {@link #LIBRARIES}. */
    Confidence confidence(String library) {
        return switch (library) {
            case "multimedia" -> new Confidence(training, validation);
            case "huggingface" -> {
                List<Request> shuffled = shuffled(huggingface.requests(), 8);
                int third = shuffled.size() / 3;
                yield new Confidence(shuffled.subList(third, shuffled.size()), shuffled.subList(0, third));
            }
            default -> new Confidence(shuffled(someOfMetatool(0), 9), someOfMetatool(1));
        };
    }

    private List<Request> someOfMetatool(int fifth) {
        List<Request> some = new ArrayList<>();
        for (List<Request> all : List.of(singles, composed)) {
            some.addAll(all.subList(all.size() * fifth / 5, all.size() * (fifth + 1) / 5));
        }
        return some;
    }

    /** Requests for one tool of MetaTool each. */
    List<Request> singles() {
        return singles;
    }

    /** Requests that are made of several of {@link #singles}. */
    List<Request> composed() {
        return composed;
    }

    /** Requests that nobody can answer. */
    List<String> chatter() {
        return chatter;
    }

    /** Everything that is encoded, in the order in which it is first needed. */
    List<List<Request>> encoded() {
        List<Request> ofMultimedia = new ArrayList<>(validation);
        ofMultimedia.addAll(training);
        return List.of(ofMultimedia, huggingface.requests(), singles, composed, unanswerable(chatter));
    }

    /** The re-ranker's rows from all libraries but some. */
    void addTo(TrainingRows rows, Set<String> without) {
        if (!without.contains("huggingface")) {
            for (int repeat = 0; repeat < 4; repeat++) {
                rows.add(huggingface, huggingface.requests(), 0.25);
            }
        }
        if (!without.contains("metatool")) {
            rows.add(metatool, singles, 0.6);
            rows.add(metatool, composed, 0.6);
        }
        if (!without.contains("huggingface")) {
            rows.add(huggingface, unanswerable(chatter.subList(0, chatter.size() / 2)), 0.1);
        }
        if (!without.contains("multimedia")) {
            rows.add(multimedia, training, 1);
            rows.add(multimedia, unanswerable(chatter.subList(chatter.size() / 2, chatter.size())), 0.1);
        }
    }

    static List<Request> unanswerable(List<String> texts) {
        return texts.stream().map(text -> new Request(text, Set.of())).toList();
    }

    /** Texts of CLINC150 with their intents. */
    List<JsonNode> intents() {
        return JsonLines.read(data.resolve("clinc150/train.jsonl.gz"), node -> node);
    }

    /** Texts in many languages. */
    List<JsonNode> languages() {
        return JsonLines.read(data.resolve("langid_lingua/train.jsonl.gz"), node -> node);
    }

    private List<String> chatter(double share) {
        List<String> texts = new ArrayList<>();
        for (JsonNode node : intents()) {
            if (!ANSWERABLE_CHATTER.contains(node.path("label").asString())) {
                texts.add(node.path("text").asString());
            }
        }
        return shuffled(texts, 6).subList(0, part(CHATTER, share));
    }

    /** Digests of files, by their names beneath the data sets' folder. */
    Map<String, String> digests(List<String> files) throws IOException {
        Map<String, String> digests = new LinkedHashMap<>();
        for (String file : files) {
            digests.put(file, Digests.of(Files.readAllBytes(data.resolve(file))));
        }
        return digests;
    }

    /** A list in an order of its own for each stream of the seed. */
    <T> List<T> shuffled(List<T> list, int stream) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, new Random(seed + stream));
        return shuffled;
    }

    private static int part(int count, double share) {
        return (int) Math.round(count * share);
    }
}
