package dev.pinfactory.router.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.models.evaluation.Escalation.Accuracy;
import dev.pinfactory.router.planner.sketch.Sketch;
import dev.pinfactory.router.planner.sketch.Sketch.Link;
import dev.pinfactory.router.planner.sketch.Sketch.Use;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

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
    void anAblationTellsWhatEachPartGains() {
        Scored half = scored(0.5, false, Set.of("a", "b"), "a", "c");
        Scored right = scored(0.9, false, Set.of("a", "b"), "a", "b");
        Scored unlabelled = scored(0.9, false, Set.of(), "c");
        Ablation ablation = new Ablation();
        ablation.add("less", List.of(half, half, unlabelled));
        ablation.add("more", List.of(half, right, unlabelled));
        assertThat(ablation.text().lines().map(line -> line.strip().replaceAll(" {2,}", " | ")))
                .containsExactly(
                        "part | node F1 | gain | exact set of tools | gain",
                        "less | 50.0 (50.0 to 50.0) | 0.0 (0.0 to 0.0)",
                        "more | 75.0 (50.0 to 100.0) | +25.0 | 50.0 (0.0 to 100.0) | +50.0");
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

    @Test
    void theLeastSureRequestsAreHandedOverFirst() {
        List<Scored> four = List.of(
                scored(0.9, false, Set.of("a"), "a"),
                scored(0.1, false, Set.of("a", "b"), "a", "c"),
                scored(0.8, false, Set.of("b"), "b"),
                scored(0.3, false, Set.of("c"), "d"));
        Escalation curve = Escalation.of(four, new Accuracy(OptionalDouble.of(0.8), OptionalDouble.empty()));

        assertThat(curve.points()).hasSize(21).first().satisfies(none -> {
            assertThat(none.share()).isZero();
            assertThat(none.oracle().nodeF1()).hasValue(2.5 / 4);
            assertThat(none.oracle().exact()).hasValue(0.5);
        });
        assertThat(curve.points().get(5)).satisfies(quarter -> {
            assertThat(quarter.share()).isEqualTo(0.25);
            assertThat(quarter.below()).isEqualTo(0.3);
            assertThat(quarter.oracle().nodeF1()).hasValue(3.0 / 4);
            assertThat(quarter.oracle().exact()).hasValue(0.75);
            assertThat(quarter.model().nodeF1()).hasValue(2.8 / 4);
            assertThat(quarter.model().exact()).isEmpty();
        });
        assertThat(curve.points().getLast().model().nodeF1().getAsDouble()).isCloseTo(0.8, within(1e-9));
        assertThat(curve.table()).contains("| 25 % | 0.30 | 75.0 | 70.0 | 75.0 | - |");
    }

    @Test
    void thePlotShowsTheCurvesThatAreKnown() throws Exception {
        Escalation curve = Escalation.of(
                List.of(scored(0.9, false, Set.of("a"), "a")),
                new Accuracy(OptionalDouble.of(0.8), OptionalDouble.empty()));
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(EscalationPlot.of(curve).getBytes(StandardCharsets.UTF_8)));
        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(3);
    }

    @Test
    void anAccuracyThatIsNoPercentageIsRefused() throws IOException {
        String existing = file("{\"request\":\"scan it\"}").toString();
        assertThatThrownBy(() -> EvaluationOptions.parse(
                        new String[] {"--cards", existing, "--requests", existing, "--llm-exact", "high"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--llm-exact")
                .hasMessageContaining("'high'");
    }
}
