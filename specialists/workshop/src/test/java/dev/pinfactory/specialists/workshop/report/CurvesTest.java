package dev.pinfactory.specialists.workshop.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.specialists.learning.plot.Svg;
import org.junit.jupiter.api.Test;

class CurvesTest {
    @Test
    void precisionAndRecallFollowTheThreshold() {
        double[][] curve =
                Curves.precisionRecall(new double[] {0.9, 0.8, 0.8, 0.1}, new boolean[] {true, false, true, false});
        assertThat(curve[0]).containsExactly(0.5, 1, 1);
        assertThat(curve[1]).containsExactly(1, 2.0 / 3, 0.5);
    }

    @Test
    void reliabilityHasFifteenBinsOfEqualMass() {
        double[] confidences = new double[150];
        boolean[] right = new boolean[150];
        for (int i = 0; i < 150; i++) {
            confidences[i] = i / 150.0;
            right[i] = i >= 75;
        }
        double[][] bins = Curves.reliability(confidences, right);
        assertThat(bins[0]).hasSize(15).isSorted();
        assertThat(bins[1][0]).isZero();
        assertThat(bins[1][14]).isEqualTo(1, within(1e-9));
    }

    @Test
    void whatIsWrittenIntoADrawingIsNoMarkup() {
        assertThat(new Svg(10, 10).text(0, 0, "start", "<script>\"&'\u0007").toString())
                .contains("&lt;script&gt;&quot;&amp;&#39; </text>")
                .doesNotContain("<script>");
    }
}
