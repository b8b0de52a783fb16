package dev.pinfactory.specialists.workshop.training;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.Predictions.Prediction;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.workshop.data.Examples;
import dev.pinfactory.specialists.workshop.data.Finding;
import dev.pinfactory.specialists.workshop.data.Findings;
import dev.pinfactory.specialists.workshop.data.GroupedSplit;
import dev.pinfactory.specialists.workshop.data.Table.Line;
import dev.pinfactory.specialists.workshop.serving.ArtifactType;
import dev.pinfactory.specialists.workshop.serving.TextLabeller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Learns to label texts. Of rows that say nearly the same, one of each label is learnt from, so that folds don't ask what other folds have told. */
final class TextTraining {
    private static final int TIMED = 200;

    private final SentenceEncoder encoder;

    TextTraining(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    Outcome train(Job job, Examples all, Findings findings) {
        Examples examples = job.outOfScope()
                .map(value -> all.relabelled("--out-of-scope", value, TextLabeller.OUT_OF_SCOPE))
                .orElse(all);
        if (job.outOfScope().isEmpty()) {
            findings.add(
                    Finding.note(
                            "file",
                            "has no texts that are said to be about something else (--out-of-scope): how often such are answered is not measured"));
        }
        String text = examples.text().orElseThrow();
        String label = examples.label();
        List<Line> rows = examples.rows().rows();
        Split<Integer> split =
                GroupedSplit.of(examples.groups(), i -> rows.get(i).cell(label), Job.TEST_SHARE, job.seed());
        List<Line> learnt = once(split.train(), examples);
        if (learnt.size() < split.train().size()) {
            findings.add(Finding.note(
                    "rows",
                    "%,d duplicates are learnt from once"
                            .formatted(split.train().size() - learnt.size())));
        }
        List<Line> tested = split.held().stream().map(rows::get).toList();
        TextClassifier classifier = TextClasses.train(
                learnt.stream()
                        .map(row -> new LabelledText(row.cell(text), row.cell(label)))
                        .toList(),
                encoder,
                job.seed(),
                job.progress());
        List<List<Candidate>> answers =
                classifier.classify(tested.stream().map(row -> row.cell(text)).toList());
        ClassTest test = new ClassTest(label, tested, answers);
        return new Outcome(
                ArtifactType.TEXT_CLASSES,
                classifier.bytes(ArtifactType.TEXT_CLASSES.kind()),
                metrics(test.predictions(), classifier.floor(), job.outOfScope().isPresent()),
                ClassTest.majority(label, learnt, tested),
                "always the most frequent label",
                test.figures(),
                test.errors(List.of(text)),
                learnt.size(),
                tested.size(),
                settings(classifier, text),
                Map.of("liblinear", "2.44", "encoder", encoder.digest()),
                classifier.labels().stream()
                        .filter(one -> !one.equals(TextLabeller.OUT_OF_SCOPE))
                        .toList(),
                tested.stream()
                        .limit(TIMED)
                        .map(row -> textInput(row.cell(text)))
                        .toList(),
                Map.of());
    }

    static Artifact textInput(String text) {
        return Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setText(text)
                .build();
    }

    private static Map<String, Object> settings(TextClassifier classifier, String text) {
        Map<String, Object> settings = new LinkedHashMap<>(TextClasses.SETTINGS.asMap());
        settings.put("floor", classifier.floor());
        settings.put("text", text);
        return settings;
    }

    private static Map<String, Metric> metrics(Predictions predictions, double floor, boolean scoped) {
        Map<String, Metric> metrics = new LinkedHashMap<>(predictions.metrics());
        List<Prediction> cases = predictions.cases();
        if (scoped) {
            metrics.put(
                    "in_scope_accuracy",
                    share(
                            "in_scope_accuracy",
                            cases,
                            one -> !isOutside(one.truth()),
                            one -> one.truth().equals(one.predicted())));
            metrics.put(
                    "oos_recall",
                    share("oos_recall", cases, one -> isOutside(one.truth()), one -> !isAnswered(one, floor)));
        }
        metrics.put(
                "answered",
                Bootstrap.mean(
                        "answered",
                        cases.stream()
                                .mapToDouble(one -> isAnswered(one, floor) ? 1 : 0)
                                .toArray()));
        if (cases.stream().anyMatch(one -> isAnswered(one, floor))) {
            metrics.put(
                    "answered_accuracy",
                    share(
                            "answered_accuracy",
                            cases,
                            one -> isAnswered(one, floor),
                            one -> one.truth().equals(one.predicted())));
        }
        return metrics;
    }

    /** As a served one does. */
    private static boolean isAnswered(Prediction one, double floor) {
        return !isOutside(one.predicted()) && one.confidence() >= floor;
    }

    private static boolean isOutside(String label) {
        return label.equals(TextLabeller.OUT_OF_SCOPE);
    }

    private static Metric share(
            String name, List<Prediction> cases, Predicate<Prediction> of, Predicate<Prediction> what) {
        return Bootstrap.mean(
                name,
                cases.stream()
                        .filter(of)
                        .mapToDouble(one -> what.test(one) ? 1 : 0)
                        .toArray());
    }

    private static List<Line> once(List<Integer> chosen, Examples examples) {
        Set<String> seen = new HashSet<>();
        List<Line> once = new ArrayList<>();
        for (int i : chosen) {
            Line row = examples.rows().rows().get(i);
            if (seen.add(examples.groups()[i] + " " + row.cell(examples.label()))) {
                once.add(row);
            }
        }
        return once;
    }
}
