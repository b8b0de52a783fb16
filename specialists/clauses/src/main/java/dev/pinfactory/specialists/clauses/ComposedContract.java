package dev.pinfactory.specialists.clauses;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A contract of sentences from many, none to two of them unfair: in numbered paragraphs of one to four sentences, as contracts are written.
 *
 * @param placed the unfair sentences, with their places
 */
record ComposedContract(String text, List<Placed> placed) {
    private static final int SENTENCES = 30;
    private static final int MOST_UNFAIR = 2;
    private static final int MOST_IN_A_PARAGRAPH = 4;

    /**
     * @param start Java string index
     * @param end exclusive
     */
    record Placed(int start, int end, Set<String> kinds) {}

    ComposedContract {
        placed = List.copyOf(placed);
    }

    static List<ComposedContract> compose(List<LabelledClause> from, int count, Random random) {
        List<LabelledClause> fair =
                from.stream().filter(clause -> clause.kinds().isEmpty()).toList();
        List<LabelledClause> unfair =
                from.stream().filter(clause -> !clause.kinds().isEmpty()).toList();
        List<ComposedContract> contracts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<LabelledClause> clauses = new ArrayList<>();
            int bad = random.nextInt(MOST_UNFAIR + 1);
            for (int k = 0; k < SENTENCES; k++) {
                List<LabelledClause> source = k < bad ? unfair : fair;
                clauses.add(source.get(random.nextInt(source.size())));
            }
            Collections.shuffle(clauses, random);
            contracts.add(written(clauses, random));
        }
        return contracts;
    }

    private static ComposedContract written(List<LabelledClause> clauses, Random random) {
        StringBuilder text = new StringBuilder();
        List<Placed> placed = new ArrayList<>();
        int left = 0;
        int paragraph = 0;
        for (LabelledClause clause : clauses) {
            if (left == 0) {
                left = 1 + random.nextInt(MOST_IN_A_PARAGRAPH);
                paragraph++;
                text.append(text.isEmpty() ? "" : "\n\n").append(paragraph).append(". ");
            } else {
                text.append(endsSentence(text) ? " " : "\n");
            }
            left--;
            int start = text.length();
            text.append(clause.text().strip());
            if (!clause.kinds().isEmpty()) {
                placed.add(new Placed(start, text.length(), clause.kinds()));
            }
        }
        return new ComposedContract(text.toString(), placed);
    }

    private static boolean endsSentence(StringBuilder text) {
        return ".;:!?".indexOf(text.charAt(text.length() - 1)) >= 0;
    }
}
