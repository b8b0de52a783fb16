package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ActionTest {
    private static final float[] TRANSLATE = {1, 0, 0};
    private static final float[] JUDGE = {0, 1, 0};
    private static final float[] REVIEW = {0, 0, 1};

    @Test
    void whatIsDoneCountsAndNotWhatItIsDoneTo() {
        float[] translateTheReview = {0.5f, 0, 0.866f};
        float[] judgeTheReview = {0, 0.5f, 0.866f};
        Action action = new Action(translateTheReview, List.of(REVIEW));
        assertThat(new Action(translateTheReview, List.of()).similarity(judgeTheReview))
                .isCloseTo(0.75, within(1e-3));
        assertThat(action.similarity(judgeTheReview)).isCloseTo(0, within(1e-3));
        assertThat(action.similarity(TRANSLATE)).isCloseTo(1, within(1e-3));
    }

    @Test
    void theOrderOfTheThingsAndRepeatingOneChangeNothing() {
        float[] clause = {0.6f, 0.64f, 0.48f};
        float[] oblique = {0, 0.8f, 0.6f};
        double expected = new Action(clause, List.of(REVIEW, oblique)).similarity(TRANSLATE);
        assertThat(new Action(clause, List.of(oblique, REVIEW, REVIEW)).similarity(TRANSLATE))
                .isCloseTo(expected, within(1e-5));
        assertThat(expected).isCloseTo(1, within(1e-3));
    }

    @Test
    void aClauseThatIsNothingButThingsIsLikeNothing() {
        assertThat(new Action(REVIEW, List.of(REVIEW)).similarity(JUDGE)).isCloseTo(0, within(1e-3));
    }
}
