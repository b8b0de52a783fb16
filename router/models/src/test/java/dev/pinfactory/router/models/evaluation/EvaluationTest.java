package dev.pinfactory.router.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.sketch.Sketch;
import dev.pinfactory.router.planner.sketch.Sketch.Link;
import dev.pinfactory.router.planner.sketch.Sketch.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    @TempDir
    private Path folder;

    private static Scored scored(double confidence, boolean refused, Set<String> gold, String... tools) {
        List<Use> uses = Stream.of(tools)
                .map(tool -> new Use(Contract.newBuilder().setId(tool).build(), 0, List.of()))
                .toList();
        LabelledRequest request = new LabelledRequest("1", "do it", gold, Set.of(), Map.of(), "", "");
        return new Scored(request, new Sketch(uses, List.of(), confidence, refused), false);
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("requests.jsonl"), List.of(lines));
    }

    @Test
    void readsRequestsWithAndWithoutLabels() throws IOException {
        List<LabelledRequest> requests = LabelledRequest.read(file(
                "{\"id\":\"1\",\"request\":\"scan it\",\"nodes\":[{\"tool\":\"scan\",\"args\":[\"a.png\",\"<node-0>\"]}],"
                        + "\"links\":[[\"scan\",\"read\"]],\"type\":\"chain\",\"label\":\"gold\"}",
                "",
                "{\"id\":\"2\",\"request\":\"hello\"}"));
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0).tools()).containsExactly("scan");
        assertThat(requests.get(0).links()).containsExactly(new Link("scan", "read"));
        assertThat(requests.get(0).values()).isEqualTo(Map.of("scan", List.of("a.png")));
        assertThat(requests.get(1).tools()).isEmpty();
    }

    @Test
    void namesTheLineThatIsWrong() throws IOException {
        Path file = file("{\"request\":\"fine\"}", "{\"text\":\"no request\"}");
        assertThatThrownBy(() -> LabelledRequest.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("requests.jsonl:2")
                .hasMessageContaining("'request'");
    }

    @Test
    void figuresFollowTheirDefinitions() {
        Scored half = scored(0.5, false, Set.of("a", "b"), "a", "c");
        Scored right = scored(0.9, false, Set.of("a"), "a");
        assertThat(half.nodeF1()).isCloseTo(0.5, within(1e-9));
        assertThat(right.exact()).isTrue();
        List<Scored> both = List.of(half, right);
        assertThat(Figures.mean(both, Scored::nodeF1, 1).value()).isCloseTo(0.75, within(1e-9));
        assertThat(Figures.micro(both, Scored::tools, one -> one.request().tools()))
                .isCloseTo(4.0 / 6, within(1e-9));
        assertThat(Figures.coverageAtPrecision(both)).isCloseTo(0.5, within(1e-9));
        assertThat(Figures.calibrationError(both)).isCloseTo((0.5 + 0.1) / 2, within(1e-9));
    }

    @Test
    void aRefusedSketchCountsAsNothingUnlessItsGuessIsAskedFor() {
        Scored refused = scored(0.1, true, Set.of("a"), "a");
        assertThat(refused.tools()).isEmpty();
        assertThat(Prediction.of(refused).nodes()).isEmpty();
        Scored guessed = new Scored(refused.request(), refused.sketch(), true);
        assertThat(guessed.exact()).isTrue();
        assertThat(Prediction.of(guessed).nodes()).hasSize(1);
        assertThat(Prediction.of(guessed).refused()).isTrue();
    }

    @Test
    void optionsNameWhatIsMissing() {
        assertThatThrownBy(() -> EvaluationOptions.parse(new String[] {"--cards", folder.toString()}))
                .hasMessageContaining("--requests");
        assertThatThrownBy(() -> EvaluationOptions.parse(
                        new String[] {"--cards", folder.resolve("none.json").toString(), "--requests", "x"}))
                .hasMessageContaining("--cards: there is no");
    }
}
