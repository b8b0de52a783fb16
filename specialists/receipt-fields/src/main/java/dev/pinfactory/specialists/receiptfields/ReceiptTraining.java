package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Box;
import dev.pinfactory.proto.v1.Segment;
import dev.pinfactory.specialists.learning.ranking.RankingModel;
import dev.pinfactory.specialists.learning.ranking.RankingTrainer;
import dev.pinfactory.specialists.learning.ranking.RankingTrainer.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Turns labelled receipts into choices between candidates, one ranking model for each field. */
final class ReceiptTraining {
    /** The share of the receipts that is learned a second time with the field cut out, so that "it isn't there" is learned too. */
    private static final double WITHOUT_FIELD = 0.15;

    /** People correct what OCR misread; below this share of equal letters the text says something else. */
    private static final double ALMOST_EQUAL = 0.85;

    private ReceiptTraining() {}

    static RankingModel train(Field field, List<LabelledReceipt> receipts, RankingTrainer.Settings settings) {
        Random random = new Random(settings.seed());
        List<Choice> choices = new ArrayList<>();
        for (LabelledReceipt receipt : receipts) {
            for (Artifact text : List.of(receipt.text(), asPlainText(receipt.text()))) {
                choice(field, receipt, Receipt.of(text)).ifPresent(choice -> {
                    choices.add(choice);
                    if (random.nextDouble() < WITHOUT_FIELD) {
                        choices.add(withoutField(choice));
                    }
                });
            }
        }
        return RankingTrainer.train(choices, settings);
    }

    /** Empty where the text holds nothing like what people read: such a receipt teaches nothing. */
    private static Optional<Choice> choice(Field field, LabelledReceipt labelled, Receipt receipt) {
        List<Candidate> candidates = CandidateFinder.of(field).find(receipt);
        Set<Integer> right = right(field, labelled, receipt, candidates);
        if (right.isEmpty() && labelled.wanted(field).isPresent()) {
            return Optional.empty();
        }
        double[] targets = new double[candidates.size() + 1];
        right.forEach(i -> targets[i] = 1.0 / right.size());
        targets[candidates.size()] = right.isEmpty() ? 1 : 0;
        return Optional.of(new Choice(FieldReader.rivals(candidates), targets));
    }

    /** The candidates that people would accept: written as they wrote it if there are such, else equal, else all but equal. */
    private static Set<Integer> right(
            Field field, LabelledReceipt labelled, Receipt receipt, List<Candidate> candidates) {
        Optional<String> wanted = labelled.wanted(field);
        if (wanted.isEmpty()) {
            return Set.of();
        }
        String raw = labelled.raw(field);
        Set<Integer> literal = new TreeSet<>();
        Set<Integer> equal = new TreeSet<>();
        Set<Integer> similar = new TreeSet<>();
        double most = ALMOST_EQUAL;
        for (int i = 0; i < candidates.size(); i++) {
            String value = LabelledReceipt.comparable(field, candidates.get(i).value());
            if (value.equals(wanted.get())) {
                equal.add(i);
                if (candidates.get(i).source(receipt.text()).equals(raw)) {
                    literal.add(i);
                }
            } else if (field == Field.ADDRESS || field == Field.COMPANY) {
                double similarity = Similarity.of(value, wanted.get(), most);
                if (similarity > most) {
                    similar.clear();
                    most = similarity;
                }
                if (similarity >= most) {
                    similar.add(i);
                }
            }
        }
        return !literal.isEmpty() ? literal : !equal.isEmpty() ? equal : similar;
    }

    private static Choice withoutField(Choice choice) {
        List<dev.pinfactory.specialists.learning.ranking.FeatureVector> rest = new ArrayList<>();
        int last = choice.candidates().size() - 1;
        for (int i = 0; i < last; i++) {
            if (choice.targets()[i] == 0) {
                rest.add(choice.candidates().get(i));
            }
        }
        rest.add(choice.candidates().get(last));
        double[] targets = new double[rest.size()];
        targets[rest.size() - 1] = 1;
        return new Choice(rest, targets);
    }

    /** The same receipt as somebody would paste it: rows as lines, without places. */
    static Artifact asPlainText(Artifact placed) {
        StringBuilder text = new StringBuilder();
        for (List<Line> row : Receipt.of(placed).rows()) {
            for (int i = 0; i < row.size(); i++) {
                text.append(i == 0 ? "" : "  ").append(row.get(i).text());
            }
            text.append('\n');
        }
        return placed.toBuilder().setText(text.toString()).clearSegments().build();
    }

    /** A text of lines with places, as OCR gives it. */
    static Artifact placed(List<String> lines, List<double[]> boxes) {
        Artifact.Builder artifact = Artifact.newBuilder().setName("text").setType("text");
        StringBuilder text = new StringBuilder();
        int codePoints = 0;
        for (int i = 0; i < lines.size(); i++) {
            int length = lines.get(i).codePointCount(0, lines.get(i).length());
            double[] box = boxes.get(i);
            artifact.addSegments(Segment.newBuilder()
                    .setStart(codePoints)
                    .setEnd(codePoints + length)
                    .setPage(1)
                    .setBox(Box.newBuilder()
                            .setLeft(box[0])
                            .setTop(box[1])
                            .setRight(box[2])
                            .setBottom(box[3])));
            text.append(lines.get(i)).append('\n');
            codePoints += length + 1;
        }
        return artifact.setText(text.toString()).build();
    }
}
