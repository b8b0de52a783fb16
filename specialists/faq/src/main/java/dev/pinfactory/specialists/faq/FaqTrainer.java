package dev.pinfactory.specialists.faq;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.faq.FaqConfidence.Outcome;
import dev.pinfactory.specialists.faq.FaqIndex.Match;
import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.Predictions.Prediction;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the shipped index and learns how sure a match is: from each question of the index, searched for as if it were not in it, and from questions about
 * something else.
 */
public final class FaqTrainer implements SpecialistTrainer {
    private final SentenceEncoder encoder;

    /** For the service loader. */
    public FaqTrainer() {
        this(SentenceEncoder.shared());
    }

    public FaqTrainer(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String name() {
        return "faq";
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", "faq", "data");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        FaqData data = FaqData.read(request.data(), request.seed());
        List<FaqEntry> entries = data.entries();
        request.progress().accept("encoding " + entries.size() + " questions");
        FaqIndex index = FaqIndex.of(entries, encoder);
        request.progress().accept("learning how sure a match is");
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Match match = index.searchWithout(i).getFirst();
            outcomes.add(new Outcome(
                    match, match.entry().topic().equals(entries.get(i).topic())));
        }
        for (LabelledText other : data.elsewhere().train()) {
            outcomes.add(new Outcome(index.search(encoder.encode(other.text())).getFirst(), false));
        }
        FaqModel model = new FaqModel(index, FaqConfidence.fit(outcomes), encoder);
        request.progress().accept("measuring on " + data.questions().held().size() + " questions");
        Lineage.Origin origin = new Lineage.Origin(
                FaqTrainer.class,
                FaqData.FILES.stream().map(request.data()::resolve).toList(),
                Map.of("floor", FaqModel.FLOOR),
                Map.of("liblinear", "2.44", "encoder", encoder.digest()));
        return TrainingOutput.write(request, origin, model.bytes(), metrics(model, data));
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        return predictions(shipped(encoder), LabelledText.read(file)).metrics();
    }

    static FaqModel shipped(SentenceEncoder encoder) {
        try (InputStream stream = FaqTrainer.class.getResourceAsStream(TrainingOutput.MODEL)) {
            if (stream == null) {
                throw new IllegalStateException("the faq model is not on the class path");
            }
            return FaqModel.read(stream, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On what was held back: how often the best match is right, how well its confidence says so, and how often it abstains elsewhere. */
    static Map<String, Metric> metrics(FaqModel model, FaqData data) {
        Predictions predictions = predictions(model, data.questions().held());
        Map<String, Metric> metrics = new LinkedHashMap<>(predictions.metrics());
        double[] answered = predictions.cases().stream()
                .mapToDouble(one -> one.confidence() >= FaqModel.FLOOR ? 1 : 0)
                .toArray();
        metrics.put("answered", Bootstrap.mean("answered", answered));
        double[] rightOfAnswered = predictions.cases().stream()
                .filter(one -> one.confidence() >= FaqModel.FLOOR)
                .mapToDouble(one -> one.truth().equals(one.predicted()) ? 1 : 0)
                .toArray();
        metrics.put("answered_accuracy", Bootstrap.mean("answered_accuracy", rightOfAnswered));
        double[] abstained = data.elsewhere().held().stream()
                .mapToDouble(other -> model.confidence().of(best(model, other.text())) < FaqModel.FLOOR ? 1 : 0)
                .toArray();
        metrics.put("elsewhere_recall", Bootstrap.mean("elsewhere_recall", abstained));
        return metrics;
    }

    private static Predictions predictions(FaqModel model, List<LabelledText> questions) {
        return new Predictions(questions.stream()
                .map(question -> {
                    Match match = best(model, question.text());
                    return new Prediction(
                            question.label(),
                            match.entry().topic(),
                            model.confidence().of(match));
                })
                .toList());
    }

    private static Match best(FaqModel model, String question) {
        return model.index().search(model.encoder().encode(question)).getFirst();
    }
}
