package dev.pinfactory.specialists.slots;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.sequence.CrfTrainer;
import dev.pinfactory.specialists.learning.sequence.Lattice;
import dev.pinfactory.specialists.learning.sequence.SequenceModel;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.Tokenizer;
import java.util.List;

/** What students of slots learn from: requests with labels, and requests with what teachers say of each token. */
record SlotsStudents(List<String> labels) {
    /** Of a labelled request, the share that the teachers have in what is learnt. */
    private static final double TEACHERS_SHARE = 0.5;

    SlotsStudents {
        labels = List.copyOf(labels);
    }

    CrfTrainer.Example certain(LabelledRequest request) {
        List<Token> tokens = Tokenizer.tokenize(request.text());
        return new CrfTrainer.Example(
                SlotFeatures.of(tokens, request.intent()),
                request.labels(tokens).stream().mapToInt(this::index).toArray());
    }

    private int index(String label) {
        int index = labels.indexOf(label);
        if (index < 0) {
            throw new DataException(
                    "the teacher marks '" + label.substring(2) + "', which the labelled data does not have");
        }
        return index;
    }

    /** What is known and what the teachers say, half and half. */
    CrfTrainer.Example taught(LabelledRequest request, List<SequenceModel> teachers) {
        CrfTrainer.Example certain = certain(request);
        float[][] targets = targets(SequenceModel.lattice(teachers, certain.features()), certain.labels().length);
        for (int i = 0; i < targets.length; i++) {
            for (int label = 0; label < targets[i].length; label++) {
                double known = certain.labels()[i] == label ? 1 : 0;
                targets[i][label] = (float) (TEACHERS_SHARE * targets[i][label] + (1 - TEACHERS_SHARE) * known);
            }
        }
        return new CrfTrainer.Example(certain.features(), certain.labels(), targets);
    }

    /** Of a text without labels what the teachers say. */
    CrfTrainer.Example taught(String text, String intent, List<SequenceModel> teachers) {
        List<Token> tokens = Tokenizer.tokenize(text);
        int[][] features = SlotFeatures.of(tokens, intent);
        Lattice lattice = SequenceModel.lattice(teachers, features);
        return new CrfTrainer.Example(features, lattice.bestPath(), targets(lattice, tokens.size()));
    }

    private float[][] targets(Lattice lattice, int tokens) {
        Lattice.Marginals marginals = lattice.marginals();
        float[][] targets = new float[tokens][labels.size()];
        for (int i = 0; i < tokens; i++) {
            for (int label = 0; label < labels.size(); label++) {
                targets[i][label] = (float) marginals.at(i, label);
            }
        }
        return targets;
    }
}
