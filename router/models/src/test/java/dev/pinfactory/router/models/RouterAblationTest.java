package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.router.planner.PlannerModels;
import dev.pinfactory.router.planner.Sketcher;
import dev.pinfactory.router.planner.sketch.Sketch;
import dev.pinfactory.router.planner.sketch.ToolGraph;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class RouterAblationTest {
    private static final Contracts MULTIMEDIA = TestingLibraries.multimedia();

    private final RouterModels models = RouterModels.shipped(SentenceEncoder.shared());

    private Sketch sketch(PlannerModels parts, String instruction) {
        return new Sketcher(parts, models.links()).sketch(instruction, MULTIMEDIA, ToolGraph.UNKNOWN);
    }

    @Test
    void partsAreAddedOneAfterTheOtherUpToTheWholeRouter() {
        SequencedMap<String, PlannerModels> parts = models.ablation();
        assertThat(parts.keySet())
                .containsExactly(
                        "nearest card of each clause",
                        "+ spelling",
                        "linear re-ranker",
                        "+ boosted trees",
                        "+ tuned encoder");
        String instruction = "Download the video from example.com/a.mp4, then extract its audio and remove the noise.";
        assertThat(sketch(parts.lastEntry().getValue(), instruction))
                .isEqualTo(sketch(models.plannerModels(), instruction));
    }

    @Test
    void everyPartStandsAnInstructionThatSaysNothing() {
        assertThat(models.ablation().values())
                .allSatisfy(parts -> assertThat(sketch(parts, " ").uses()).isEmpty());
    }

    @Test
    void withoutAnythingTrainedEachClauseGetsTheNearestCard() {
        Sketch sketch = sketch(
                models.ablation().firstEntry().getValue(),
                "Downloads a video from a given URL. Downloads an audio file from a given URL.");
        assertThat(sketch.uses())
                .extracting(use -> use.contract().getId())
                .containsExactlyInAnyOrder("Video Downloader", "Audio Downloader");
    }
}
