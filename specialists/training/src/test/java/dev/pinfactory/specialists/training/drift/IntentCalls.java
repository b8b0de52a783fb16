package dev.pinfactory.specialists.training.drift;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.learning.TextClassifierTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Calls of a real classifier: of the 150 intents of clinc150's shipped training data it was taught 60, with 60 of their texts each. Streams are drawn from their
 * other 60 texts, which it has not seen, the first half of them for what is usual and the second for what comes then, so that no monitor sees a text that it knows;
 * and from intents that nobody taught it.
 */
final class IntentCalls {
    private static final Path DATA = Path.of("..", "intent", "data", "clinc150");
    private static final int KNOWN = 60;
    private static final int NEW = 20;
    private static final int TAUGHT = 60;

    private final List<String> known;
    private final List<String> fresh;
    private final Map<String, List<Call>> calls = new HashMap<>();
    private final Map<String, List<Call>> reworded = new HashMap<>();

    /**
     * A call of the classifier.
     *
     * @param truth what it should have said
     */
    record Call(String truth, Observation observation) {
        boolean right() {
            return truth.equals(observation.label());
        }
    }

    IntentCalls() {
        Map<String, List<LabelledText>> texts = new HashMap<>();
        for (String file : List.of("train.jsonl.gz", "dev.jsonl.gz")) {
            for (LabelledText text : LabelledText.read(DATA.resolve(file))) {
                texts.computeIfAbsent(text.label(), label -> new ArrayList<>()).add(text);
            }
        }
        // The files are in the order of those who wrote them.
        Random order = new Random(5);
        new TreeSet<>(texts.keySet()).forEach(label -> Collections.shuffle(texts.get(label), order));
        List<String> labels = new ArrayList<>(new TreeSet<>(texts.keySet()));
        labels.remove("oos");
        Collections.shuffle(labels, new Random(11));
        known = List.copyOf(labels.subList(0, KNOWN));
        fresh = List.copyOf(labels.subList(KNOWN, KNOWN + NEW));
        SentenceEncoder encoder = SentenceEncoder.shared();
        List<LabelledText> taught = known.stream()
                .flatMap(label -> texts.get(label).stream().limit(TAUGHT))
                .toList();
        TextClassifier classifier = new TextClassifierTrainer(
                        new TextClassifierTrainer.Settings(
                                new NgramSettings(2, 2, 4, 14), 1, SolverType.L2R_L2LOSS_SVC_DUAL, 1, 1, 0, 3),
                        encoder,
                        1,
                        told -> {})
                .train(taught, LabelledText::label)
                .classifier();
        for (String label : known) {
            List<LabelledText> unseen = texts.get(label).stream().skip(TAUGHT).toList();
            calls.put(label, answered(classifier, encoder, unseen, UnaryOperator.identity()));
            reworded.put(label, answered(classifier, encoder, unseen, IntentCalls::hasty));
        }
        for (String label : fresh) {
            calls.put(label, answered(classifier, encoder, texts.get(label), UnaryOperator.identity()));
        }
    }

    private static List<Call> answered(
            TextClassifier classifier,
            SentenceEncoder encoder,
            List<LabelledText> texts,
            UnaryOperator<String> wording) {
        List<String> worded =
                texts.stream().map(LabelledText::text).map(wording).toList();
        float[][] embeddings = encoder.encode(worded);
        List<List<Candidate>> answers = classifier.classify(worded);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < worded.size(); i++) {
            Candidate best = answers.get(i).getFirst();
            calls.add(new Call(
                    texts.get(i).label(), new Observation(embeddings[i], Map.of(), best.label(), best.confidence())));
        }
        return calls;
    }

    /** As people write who are in a hurry: without the small words. */
    private static String hasty(String text) {
        return "hi, " + text.replaceAll("\\b(?:the|a|an|to|is|are|of|do|does|can|you|please|i)\\b ?", "") + " thx";
    }

    List<String> known() {
        return known;
    }

    List<String> fresh() {
        return fresh;
    }

    /** With a text of the first half. */
    Call usual(String label, Random random) {
        List<Call> all = calls.get(label);
        return any(all.subList(0, all.size() / 2), random);
    }

    /** With a text of the second half. */
    Call later(String label, Random random) {
        List<Call> all = calls.get(label);
        return any(all.subList(all.size() / 2, all.size()), random);
    }

    /** With a text of the second half, in other words. */
    Call reworded(String label, Random random) {
        List<Call> all = reworded.get(label);
        return any(all.subList(all.size() / 2, all.size()), random);
    }

    private static Call any(List<Call> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
