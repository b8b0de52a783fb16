package dev.pinfactory.router.models;

import java.util.ArrayList;
import java.util.List;

/**
 * What a clause wants done, apart from what it wants it done to: its vector without the directions of the words that name the task's inputs. "Translate
 * the review" is more like "What does the review say?" than like "Translate it." until the review is taken out of both.
 */
final class Action {
    private final float[] clause;
    private final List<float[]> things;

    /** @param things vectors of the words for the inputs, of any number and order */
    Action(float[] clause, List<float[]> things) {
        this.clause = clause;
        this.things = orthonormal(things);
    }

    /** Cosine with another text's vector, both without the things. */
    double similarity(float[] text) {
        double common = Features.dot(clause, text);
        double ofClause = Features.dot(clause, clause);
        double ofText = Features.dot(text, text);
        for (float[] thing : things) {
            double inClause = Features.dot(clause, thing);
            double inText = Features.dot(text, thing);
            common -= inClause * inText;
            ofClause -= inClause * inClause;
            ofText -= inText * inText;
        }
        return common / Math.sqrt(Math.max(1e-9, ofClause) * Math.max(1e-9, ofText));
    }

    private static List<float[]> orthonormal(List<float[]> vectors) {
        List<float[]> basis = new ArrayList<>();
        for (float[] vector : vectors) {
            float[] rest = vector.clone();
            for (float[] known : basis) {
                float share = Features.dot(rest, known);
                for (int i = 0; i < rest.length; i++) {
                    rest[i] -= share * known[i];
                }
            }
            float length = (float) Math.sqrt(Features.dot(rest, rest));
            if (length > 1e-3f) {
                for (int i = 0; i < rest.length; i++) {
                    rest[i] /= length;
                }
                basis.add(rest);
            }
        }
        return basis;
    }
}
