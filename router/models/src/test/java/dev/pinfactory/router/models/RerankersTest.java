package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Contract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RerankersTest {
    private static final LogisticRegression LINEAR =
            new LogisticRegression(new double[] {0}, new double[] {1}, new double[] {0, 0});
    private static final Reranker WITH = new Reranker(LINEAR, new BoostedTrees(1, List.of()));
    private static final Reranker WITHOUT = new Reranker(LINEAR, new BoostedTrees(2, List.of()));

    private final Rerankers rerankers = new Rerankers(WITH, WITHOUT);

    @Test
    void cardsWithoutExamplesAreJudgedByTheModelThatKnewNone() {
        assertThat(rerankers.of(index(0, 0))).isSameAs(WITHOUT);
    }

    @Test
    void examplesOnOneCardAskForTheModelThatKnowsThem() {
        assertThat(rerankers.of(index(0, 2))).isSameAs(WITH);
    }

    /** @param examples how many each card has */
    private static CardIndex index(int... examples) {
        List<CardVectors> vectors = new ArrayList<>();
        List<Contract> contracts = new ArrayList<>();
        for (int count : examples) {
            float[] vector = {1};
            vectors.add(new CardVectors(vector, vector, vector, new float[count][1], new float[0][], new float[0]));
            contracts.add(Contract.newBuilder()
                    .setId("card-" + contracts.size())
                    .setSummary("Does something.")
                    .build());
        }
        return new Catalogue(contracts, vectors).all();
    }
}
