package dev.pinfactory.specialists.learning.compression;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.LinearModel;
import dev.pinfactory.specialists.learning.LinearTrainer;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.NgramFeatures;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.SparseVector;
import dev.pinfactory.specialists.learning.TfIdf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Several linear models over n-grams and the sentence vector, which they weigh differently; unpruned. What they say together is their mean. */
final class ClassifierTeacher {
    private final NgramFeatures ngrams;
    private final TfIdf tfIdf;
    private final List<Member> members;

    private record Member(LinearModel model, float vectorWeight) {}

    private ClassifierTeacher(NgramFeatures ngrams, TfIdf tfIdf, List<Member> members) {
        this.ngrams = ngrams;
        this.tfIdf = tfIdf;
        this.members = members;
    }

    static ClassifierTeacher train(
            List<LabelledText> texts,
            float[][] vectors,
            NgramSettings settings,
            List<Float> vectorWeights,
            double cost,
            long seed) {
        NgramFeatures ngrams = new NgramFeatures(settings);
        List<SparseVector> counts =
                texts.stream().map(text -> ngrams.count(text.text())).toList();
        TfIdf tfIdf = TfIdf.fit(counts, settings.size());
        List<String> labels = texts.stream().map(LabelledText::label).toList();
        List<Member> members = new ArrayList<>();
        for (float weight : vectorWeights) {
            List<SparseVector> inputs = IntStream.range(0, counts.size())
                    .mapToObj(i -> tfIdf.apply(counts.get(i)).followedBy(vectors[i], weight, settings.size()))
                    .toList();
            LinearModel model = new LinearTrainer(SolverType.L2R_L2LOSS_SVC_DUAL, cost, 1, seed)
                    .train(inputs, labels, settings.size() + SentenceEncoder.DIMENSIONS);
            members.add(new Member(model, weight));
        }
        return new ClassifierTeacher(ngrams, tfIdf, List.copyOf(members));
    }

    List<String> labels() {
        return members.getFirst().model().labels();
    }

    double[] scores(String text, float[] vector) {
        SparseVector weighed = tfIdf.apply(ngrams.count(text));
        double[] mean = new double[labels().size()];
        for (Member member : members) {
            double[] scores = member.model()
                    .scores(weighed.followedBy(
                            vector, member.vectorWeight(), ngrams.settings().size()));
            for (int label = 0; label < mean.length; label++) {
                mean[label] += scores[label] / members.size();
            }
        }
        return mean;
    }

    /** Of its models, as they would be stored. */
    long bytes() {
        return file().length;
    }

    String digest() {
        return Digests.of(file());
    }

    private byte[] file() {
        return ModelFile.write("teacher", 1, out -> {
            ngrams.settings().write(out);
            tfIdf.write(out);
            for (Member member : members) {
                out.number(member.vectorWeight());
                member.model().write(out);
            }
        });
    }
}
