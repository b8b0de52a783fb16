package dev.pinfactory.specialists.pii;

import dev.pinfactory.specialists.learning.sequence.CrfTrainer;
import dev.pinfactory.specialists.learning.sequence.CrfTrainer.Example;
import dev.pinfactory.specialists.learning.sequence.SequenceModel;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.Tokenizer;
import dev.pinfactory.specialists.pii.LabelledText.Gold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Puts the training texts together: the data's, texts filled from templates, both again with noise around the data, tweets, and texts without personal data. */
final class PiiTraining {
    private static final int FILLS = 6;
    private static final double NOISE = 0.35;
    private static final int PLAIN_REQUESTS = 1200;
    private static final int PLAIN_SCIENCE = 300;

    private final Path data;
    private final CrfTrainer.Settings settings;
    private final List<String> common;
    private final int[] commonHashes;

    PiiTraining(Path data, CrfTrainer.Settings settings) {
        this.data = data;
        this.settings = settings;
        this.common = PiiData.lines(data.resolve("common-words.txt.gz"));
        this.commonHashes = common.stream()
                .mapToInt(Features::commonWordHash)
                .sorted()
                .distinct()
                .toArray();
    }

    /** The files that are read. */
    static List<Path> files(Path data) {
        return List.of(
                data.resolve("presidio.jsonl.gz"),
                data.resolve("templates.txt"),
                data.resolve("names.txt"),
                data.resolve("wnut17.jsonl.gz"),
                data.resolve("negatives.tsv.gz"),
                data.resolve("common-words.txt.gz"));
    }

    SequenceModel train(List<LabelledText> seen) {
        List<LabelledText> texts = texts(seen, new Random(settings.seed()));
        LinkedHashSet<String> labels = new LinkedHashSet<>(List.of("O"));
        for (LabelledText text : texts) {
            for (Gold span : text.spans()) {
                labels.add("B-" + span.type());
                labels.add("I-" + span.type());
            }
        }
        List<String> order = List.copyOf(labels);
        List<Example> examples = new ArrayList<>();
        for (LabelledText text : texts) {
            List<Token> tokens = Tokenizer.tokenize(text.text());
            if (!tokens.isEmpty()) {
                int[][] features =
                        Features.of(text.text(), tokens, hash -> Arrays.binarySearch(commonHashes, hash) >= 0);
                int[] gold =
                        text.labels(tokens).stream().mapToInt(order::indexOf).toArray();
                examples.add(new Example(features, gold));
            }
        }
        return new CrfTrainer(labels, settings).train(examples, commonHashes);
    }

    private List<LabelledText> texts(List<LabelledText> seen, Random random) {
        List<LabelledText> texts = new ArrayList<>(seen);
        TemplateFiller filler = new TemplateFiller(PiiData.lines(data.resolve("names.txt")), values(seen), random);
        for (String template : PiiData.lines(data.resolve("templates.txt"))) {
            for (int i = 0; i < FILLS; i++) {
                texts.add(filler.fill(template.replace("\\n", "\n")));
            }
        }
        for (LabelledText clean : List.copyOf(texts)) {
            texts.add(NoisyContext.of(clean, common, NOISE, random));
        }
        texts.addAll(PiiData.labelled(data.resolve("wnut17.jsonl.gz")));
        texts.addAll(plain("banking77", PLAIN_REQUESTS, random));
        texts.addAll(plain("scitldr", PLAIN_SCIENCE, random));
        return texts;
    }

    private static Map<String, List<String>> values(List<LabelledText> seen) {
        Map<String, List<String>> values = new HashMap<>();
        for (LabelledText text : seen) {
            for (Gold span : text.spans()) {
                values.computeIfAbsent(span.type(), type -> new ArrayList<>())
                        .add(text.text().substring(span.start(), span.end()));
            }
        }
        // The data's dates have three forms only; those that the filler makes up have eight.
        values.remove("DATE_TIME");
        return values;
    }

    private List<LabelledText> plain(String source, int count, Random random) {
        List<LabelledText> texts = new ArrayList<>();
        for (String line : PiiData.lines(data.resolve("negatives.tsv.gz"))) {
            String[] sourceAndText = line.split("\t", 2);
            if (sourceAndText[0].equals(source)) {
                texts.add(new LabelledText(source, sourceAndText[1], List.of()));
            }
        }
        Collections.shuffle(texts, random);
        return texts.subList(0, Math.min(count, texts.size()));
    }
}
