package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.sketch.EdgeFeatures;
import dev.pinfactory.router.planner.sketch.Sketch.Link;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkHistoryTest {
    private static final Map<String, Integer> PLACES = Map.of("scan", 0, "read", 1, "post", 2);
    private static final float[] EDGE = new float[EdgeFeatures.COUNT];
    private static final List<FitExample> EXAMPLES = List.of(
            example(new Link("scan", "read"), new Link("read", "post")),
            example(new Link("scan", "read")),
            example(new Link("read", "scan")),
            example());

    private static FitExample example(Link... links) {
        return new FitExample(
                new Interpretation("", List.of(), List.of(), Map.of(), Set.of()),
                new Grounding(List.of()),
                new float[] {1},
                PLACES.keySet(),
                Set.of(links));
    }

    @Test
    void anExampleSaysNothingOfItself() {
        LinkHistory all = LinkHistory.of(EXAMPLES, PLACES);
        LinkHistory others = LinkHistory.of(EXAMPLES.subList(1, 4), PLACES);
        for (int from = 0; from < 3; from++) {
            for (int to = 0; to < 3; to++) {
                assertThat(all.row(EDGE, from, to, new float[] {0.9f, 0.5f, 0.4f, 0.3f}, 0))
                        .containsExactly(others.row(EDGE, from, to, new float[] {0.5f, 0.4f, 0.3f}, -1));
            }
        }
    }

    @Test
    void aToolThatFeedsOneThatFeedsAThirdComesBeforeIt() {
        LinkHistory history = LinkHistory.of(EXAMPLES.subList(0, 1), PLACES);
        float[] similarities = {0.5f};
        assertThat(history.row(EDGE, 0, 2, similarities, -1)[EdgeFeatures.COUNT + 3])
                .isPositive();
        assertThat(history.row(EDGE, 2, 0, similarities, -1)[EdgeFeatures.COUNT + 3])
                .isNegative();
    }

    @Test
    void linksInACircleAreReadToo() {
        LinkHistory history =
                LinkHistory.of(List.of(example(new Link("scan", "read"), new Link("read", "scan"))), PLACES);
        assertThat(history.row(EDGE, 0, 1, new float[] {0.5f}, -1)).doesNotContain(Float.NaN);
    }

    @Test
    void itIsTheSameAfterItWasWrittenAndRead() throws IOException {
        LinkHistory history = LinkHistory.of(EXAMPLES, PLACES);
        float[] similarities = {0.9f, 0.5f, 0.4f, 0.3f};
        assertThat(LinkHistory.read(bytes(history), 4, 3).row(EDGE, 0, 1, similarities, -1))
                .containsExactly(history.row(EDGE, 0, 1, similarities, -1));
        assertThatIOException()
                .isThrownBy(() -> LinkHistory.read(bytes(history), 4, 2))
                .withMessageContaining("tool 2 of 2");
        assertThatIOException()
                .isThrownBy(() -> LinkHistory.read(bytes(history), 5, 3))
                .withMessageContaining("expected 5");
    }

    private static DataInputStream bytes(LinkHistory history) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        history.write(new DataOutputStream(bytes));
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
