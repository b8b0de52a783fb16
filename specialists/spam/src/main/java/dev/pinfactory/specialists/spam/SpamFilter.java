package dev.pinfactory.specialists.spam;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.TextClassifier;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A classifier over words, form and meaning of a message. Seven of eight messages are no spam, so the classifier is slow to say spam; the sigmoid moves
 * the point at which it does to where one half is one half.
 */
record SpamFilter(TextClassifier classifier, PlattScaling scaling, SentenceEncoder encoder) {
    static final String SPAM = "spam";
    static final String HAM = "ham";

    private static final String KIND = "spam";
    private static final int VERSION = 1;
    private static final int MAX_BYTES = 1 << 24;

    /** Both labels, likelier first. */
    List<Candidate> judge(String message) {
        List<Candidate> ranked = classifier.classify(MessageForm.described(message), encoder.encode(message));
        double said = ranked.stream()
                .filter(candidate -> candidate.label().equals(SPAM))
                .findFirst()
                .orElseThrow()
                .confidence();
        return ranked(scaling.of(said));
    }

    static List<Candidate> ranked(double spam) {
        Candidate yes = new Candidate(SPAM, spam);
        Candidate no = new Candidate(HAM, 1 - spam);
        return spam > 0.5 ? List.of(yes, no) : List.of(no, yes);
    }

    byte[] bytes() {
        byte[] text = classifier.bytes(KIND);
        return ModelFile.write(KIND, VERSION, out -> {
            scaling.write(out);
            out.count(text.length);
            out.bytes(text);
        });
    }

    static SpamFilter read(InputStream stream, SentenceEncoder encoder) throws IOException {
        return ModelFile.read(stream, KIND, VERSION, in -> {
            PlattScaling scaling = PlattScaling.read(in);
            byte[] text = in.bytes(in.count(MAX_BYTES));
            TextClassifier classifier = TextClassifier.read(new ByteArrayInputStream(text), KIND, encoder);
            if (!classifier.labels().equals(List.of(HAM, SPAM))) {
                throw new IOException("model has the labels " + classifier.labels() + ", expected ham and spam");
            }
            return new SpamFilter(classifier, scaling, encoder);
        });
    }
}
