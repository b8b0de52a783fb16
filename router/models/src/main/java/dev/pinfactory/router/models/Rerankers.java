package dev.pinfactory.router.models;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Examples say more than anything else on a card: where there are some, another model is asked than where there are none.
 *
 * @param withExamples where some of the cards that are looked at closely have examples
 * @param withoutExamples where none of them has
 */
record Rerankers(Reranker withExamples, Reranker withoutExamples) {

    Reranker of(CardIndex index) {
        return index.hasExamples() ? withExamples : withoutExamples;
    }

    Rerankers linearAlone() {
        return new Rerankers(withExamples.linearAlone(), withoutExamples.linearAlone());
    }

    void write(DataOutputStream out) throws IOException {
        withExamples.write(out);
        withoutExamples.write(out);
    }

    static Rerankers read(DataInputStream in) throws IOException {
        return new Rerankers(Reranker.read(in), Reranker.read(in));
    }
}
