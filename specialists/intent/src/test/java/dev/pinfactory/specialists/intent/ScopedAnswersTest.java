package dev.pinfactory.specialists.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.specialists.intent.ScopedAnswers.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopedAnswersTest {
    private static final ScopedAnswers ANSWERS = new ScopedAnswers(List.of(
            new Answer("alarm", "alarm", 0.9, true),
            new Answer("alarm", "weather", 0.7, true),
            new Answer("weather", "weather", 0.6, true),
            new Answer("weather", "weather", 0.3, true),
            new Answer("oos", "weather", 0.5, true),
            new Answer("oos", "alarm", 0.65, true)));

    @Test
    void theFloorIsTheHighestThatKeepsTheWantedShareRight() {
        assertThat(ANSWERS.floor(0.25)).isEqualTo(0.9);
        assertThat(ANSWERS.floor(0.5)).isEqualTo(0.6);
        assertThat(ANSWERS.floor(0.75)).isEqualTo(0.3);
        // Three of four is all that can be had.
        assertThat(ANSWERS.floor(0.8)).isZero();
    }

    @Test
    void anAbstentionIsWrongInScopeAndRightOutsideIt() {
        var metrics = ANSWERS.at(0.6).metrics();
        assertThat(metrics.get("accuracy").value()).isEqualTo(0.5);
        assertThat(metrics.get("oos_recall").value()).isEqualTo(0.5);
        assertThat(metrics.get("overall_accuracy").value()).isEqualTo(0.5);
        assertThat(metrics.get("accuracy").n()).isEqualTo(4);
        assertThat(ANSWERS.at(1).metrics()).doesNotContainKey("ece");
    }
}
