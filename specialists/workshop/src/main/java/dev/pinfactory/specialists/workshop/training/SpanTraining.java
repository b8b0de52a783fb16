package dev.pinfactory.specialists.workshop.training;

import dev.pinfactory.specialists.learning.EntitiesArtifact;
import dev.pinfactory.specialists.learning.SpanScores;
import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.plot.Plot;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import dev.pinfactory.specialists.learning.sequence.CrfTrainer;
import dev.pinfactory.specialists.learning.sequence.SequenceModel;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.Tokenizer;
import dev.pinfactory.specialists.workshop.data.GroupedSplit;
import dev.pinfactory.specialists.workshop.data.MarkedTexts;
import dev.pinfactory.specialists.workshop.data.MarkedTexts.Marked;
import dev.pinfactory.specialists.workshop.report.Curves;
import dev.pinfactory.specialists.workshop.report.ErrorCase;
import dev.pinfactory.specialists.workshop.report.Figure;
import dev.pinfactory.specialists.workshop.serving.ArtifactType;
import dev.pinfactory.specialists.workshop.serving.SpanFeatures;
import dev.pinfactory.specialists.workshop.serving.SpanReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Learns to find spans. How sure they are is learnt from a model that has not seen a part of the texts; the model that is served has. */
final class SpanTraining {
    private static final double CALIBRATION = 0.2;
    private static final int TIMED = 200;

    private SpanTraining() {}

    static Outcome train(Job job, MarkedTexts marked) {
        List<Marked> texts = marked.texts();
        Split<Integer> split = GroupedSplit.of(marked.groups(), i -> stratum(texts.get(i)), Job.TEST_SHARE, job.seed());
        List<Marked> learnt = split.train().stream().map(texts::get).toList();
        List<Marked> tested = split.held().stream().map(texts::get).toList();
        CrfTrainer.Settings settings = settings(learnt.size(), job.seed());
        job.progress().accept("learning how sure spans can be");
        int[] groups = split.train().stream().mapToInt(i -> marked.groups()[i]).toArray();
        Split<Integer> inner = GroupedSplit.of(groups, i -> stratum(learnt.get(i)), CALIBRATION, job.seed());
        SequenceModel part = model(inner.train().stream().map(learnt::get).toList(), marked.labels(), settings);
        PlattScaling scaling = scaling(
                new SpanReader(part), inner.held().stream().map(learnt::get).toList());
        job.progress().accept("learning spans from " + learnt.size() + " texts");
        SpanReader reader =
                new SpanReader(model(learnt, marked.labels(), settings).with(scaling));
        Answers answers = Answers.of(reader, tested);
        return new Outcome(
                ArtifactType.SPANS,
                reader.bytes(),
                answers.scores().metrics(),
                Dictionary.of(learnt).scores(tested).metrics(),
                "marking what was marked in the learnt texts, word for word",
                answers.figures(),
                answers.errors(),
                learnt.size(),
                tested.size(),
                settings(settings),
                Map.of(),
                marked.labels(),
                tested.stream()
                        .limit(TIMED)
                        .map(one -> TextTraining.textInput(one.text()))
                        .toList(),
                Map.of());
    }

    private static String stratum(Marked text) {
        return text.spans().stream().map(LabelledSpan::label).findFirst().orElse("");
    }

    /** The fewer the texts, the more often they are read. */
    private static CrfTrainer.Settings settings(int texts, long seed) {
        int passes = Math.clamp(20_000L / texts, 8, 30);
        return new CrfTrainer.Settings(passes, 0.1, 1e-4, 0.2, texts < 500 ? 1 : 2, 0.02, seed);
    }

    private static Map<String, Object> settings(CrfTrainer.Settings settings) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("passes", settings.passes());
        map.put("stepSize", settings.stepSize());
        map.put("decay", settings.decay());
        map.put("dropOut", settings.dropOut());
        map.put("minimumCount", settings.minimumCount());
        map.put("prune", settings.prune());
        return map;
    }

    private static SequenceModel model(List<Marked> texts, List<String> types, CrfTrainer.Settings settings) {
        SequencedSet<String> labels = new LinkedHashSet<>(List.of("O"));
        for (String type : types) {
            labels.add("B-" + type);
            labels.add("I-" + type);
        }
        List<String> order = List.copyOf(labels);
        List<CrfTrainer.Example> examples = new ArrayList<>();
        for (Marked text : texts) {
            List<Token> tokens = Tokenizer.tokenize(text.text());
            int[] gold = text.tags(tokens).stream().mapToInt(order::indexOf).toArray();
            if (gold.length > 0) {
                examples.add(new CrfTrainer.Example(SpanFeatures.of(tokens), gold));
            }
        }
        return new CrfTrainer(labels, settings).train(examples, new int[0]);
    }

    private static PlattScaling scaling(SpanReader reader, List<Marked> unseen) {
        Answers answers = Answers.of(reader, unseen);
        return PlattScaling.fit(answers.confidences(), answers.right());
    }

    static LabelledSpan span(EntitiesArtifact.Found found) {
        return new LabelledSpan(found.start(), found.end(), found.type());
    }

    /** What a reader found in texts, and how much of it was marked. */
    private record Answers(List<Marked> texts, List<List<EntitiesArtifact.Found>> found) {
        static Answers of(SpanReader reader, List<Marked> texts) {
            return new Answers(
                    texts, texts.stream().map(one -> reader.read(one.text())).toList());
        }

        SpanScores scores() {
            SpanScores scores = new SpanScores();
            for (int i = 0; i < texts.size(); i++) {
                scores.add(Set.copyOf(texts.get(i).spans()), spans(i));
            }
            return scores;
        }

        private Set<LabelledSpan> spans(int text) {
            return found.get(text).stream().map(SpanTraining::span).collect(Collectors.toSet());
        }

        double[] confidences() {
            return found.stream()
                    .flatMap(List::stream)
                    .mapToDouble(EntitiesArtifact.Found::confidence)
                    .toArray();
        }

        boolean[] right() {
            List<Boolean> right = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                for (EntitiesArtifact.Found one : found.get(i)) {
                    right.add(texts.get(i).spans().contains(span(one)));
                }
            }
            boolean[] flags = new boolean[right.size()];
            for (int i = 0; i < flags.length; i++) {
                flags[i] = right.get(i);
            }
            return flags;
        }

        List<Figure> figures() {
            double[] confidences = confidences();
            if (confidences.length == 0) {
                return List.of();
            }
            int marked = texts.stream().mapToInt(one -> one.spans().size()).sum();
            double[][] curve = Curves.precisionRecall(confidences, right(), marked);
            double[][] bins = Curves.reliability(confidences, right());
            double error = 0;
            for (int bin = 0; bin < bins[0].length; bin++) {
                error += Math.abs(bins[0][bin] - bins[1][bin]) / bins[0].length;
            }
            return List.of(
                    new Figure(
                            "Precision and recall",
                            Plot.ofShares("recall", "precision")
                                    .line("all labels", curve[0], curve[1])
                                    .svg(),
                            "Of the spans that were found, as the confidence that is asked of them falls."),
                    Curves.calibration(confidences, right(), error));
        }

        List<ErrorCase> errors() {
            List<ErrorCase> errors = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                Marked text = texts.get(i);
                Set<LabelledSpan> missed = new HashSet<>(text.spans());
                missed.removeAll(spans(i));
                Set<LabelledSpan> invented = new HashSet<>(spans(i));
                invented.removeAll(Set.copyOf(text.spans()));
                if (!missed.isEmpty() || !invented.isEmpty()) {
                    errors.add(new ErrorCase(
                            text.line(),
                            text.text(),
                            shown(text.text(), missed),
                            shown(text.text(), invented),
                            missed.size() + invented.size()));
                }
            }
            return errors;
        }

        private static String shown(String text, Set<LabelledSpan> spans) {
            return spans.isEmpty()
                    ? "–"
                    : spans.stream()
                            .map(span -> span.label() + ": " + text.substring(span.start(), span.end()))
                            .sorted()
                            .collect(Collectors.joining("; "));
        }
    }

    /** Knows by heart what was marked. */
    private record Dictionary(Map<String, String> labels) {
        static Dictionary of(List<Marked> texts) {
            Map<String, String> labels = new LinkedHashMap<>();
            for (Marked one : texts) {
                one.spans().forEach(span -> labels.put(one.text().substring(span.start(), span.end()), span.label()));
            }
            return new Dictionary(labels);
        }

        SpanScores scores(List<Marked> texts) {
            int longest = labels.keySet().stream()
                    .mapToInt(words -> Tokenizer.tokenize(words).size())
                    .max()
                    .orElse(0);
            SpanScores scores = new SpanScores();
            for (Marked one : texts) {
                scores.add(Set.copyOf(one.spans()), find(one.text(), Math.min(longest, 12)));
            }
            return scores;
        }

        private Set<LabelledSpan> find(String text, int longest) {
            List<Token> tokens = Tokenizer.tokenize(text);
            Set<LabelledSpan> found = new HashSet<>();
            int at = 0;
            while (at < tokens.size()) {
                int next = at + 1;
                for (int length = Math.min(longest, tokens.size() - at); length > 0; length--) {
                    int start = tokens.get(at).start();
                    int end = tokens.get(at + length - 1).end();
                    String label = labels.get(text.substring(start, end));
                    if (label != null) {
                        found.add(new LabelledSpan(start, end, label));
                        next = at + length;
                        break;
                    }
                }
                at = next;
            }
            return found;
        }
    }
}
