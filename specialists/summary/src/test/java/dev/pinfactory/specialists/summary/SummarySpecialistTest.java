package dev.pinfactory.specialists.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.OffsetRun;
import dev.pinfactory.specialists.learning.Sentence;
import dev.pinfactory.specialists.learning.SentenceSplitter;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.summary.Rouge.Measure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SummarySpecialistTest {
    private static final String EMAIL = """
            Dear team,

            The delivery of the new pumps is delayed by two weeks because the supplier in Leeds has no motors left. We have
            asked Dr. Meyer for a replacement from stock 😀. Until then line 3 stays closed and its shift moves to line 1.

            Kind regards
            Anna
            """;

    private static SpecialistModel specialist;

    @BeforeAll
    static void load() throws IOException {
        try (InputStream stream = Objects.requireNonNull(SummarySpecialist.class.getResourceAsStream("model.bin"))) {
            specialist = new SummarySpecialist().load(ModelSource.of(stream));
        }
    }

    @Test
    void everySentenceStandsInTheSourceWhereItSays() {
        for (LabelledAbstract one :
                LabelledAbstract.read(Path.of("data", "dev.jsonl.gz")).subList(0, 100)) {
            assertTraced("😀 " + one.text(), 3);
        }
        assertTraced(EMAIL, 2);
    }

    private static void assertTraced(String text, int sentences) {
        Artifact summary = ((Answered) infer(text, sentences)).outputs().getFirst();
        List<String> quotes = summary.getLeaves(0).getEvidenceList().stream()
                .map(Evidence::getSpan)
                .map(span -> slice(text, span.getStart(), span.getEnd()))
                .toList();
        assertThat(String.join(" ", quotes)).isEqualTo(summary.getText());
        assertThat(quotes.size()).isBetween(1, sentences);
        int at = 0;
        for (OffsetRun run : summary.getOffsetMapList()) {
            assertThat(run.getStart()).isEqualTo(at);
            at = run.getEnd();
        }
        assertThat(at)
                .isEqualTo(summary.getText().codePointCount(0, summary.getText().length()));
    }

    @Test
    void greetingsAreNoSummaryOfALetter() {
        Artifact summary = ((Answered) infer(EMAIL, 1)).outputs().getFirst();

        assertThat(summary.getText()).doesNotContain("Dear", "regards").endsWith(".");
    }

    @Test
    void abbreviationsEndNoSentence() {
        assertThat(SentenceSplitter.split("We asked Dr. Meyer, i.e. the owner. He said no. J. Smith et al. Disagreed."))
                .extracting(Sentence::text)
                .containsExactly("We asked Dr. Meyer, i.e. the owner.", "He said no.", "J. Smith et al. Disagreed.");
    }

    @Test
    void sentencesMayGoOverWrappedLines() {
        assertThat(SentenceSplitter.split(EMAIL))
                .extracting(Sentence::text)
                .hasSize(6)
                .first()
                .isEqualTo("Dear team,");
    }

    @Test
    void linesOfATableAreNoRunningText() {
        assertThat(SentenceSplitter.split("Copy paper    9.80\nStapler red   12.50\nAll prices are net"))
                .extracting(Sentence::text)
                .containsExactly("Copy paper    9.80", "Stapler red   12.50", "All prices are net");
    }

    @Test
    void rougeCountsWordsAsItsAuthorsDo() {
        List<String> summary = Rouge.words("The cat sat on the mat.");
        List<String> reference = Rouge.words("the cat was on the mat");

        assertThat(Measure.ROUGE_1.f1(summary, reference)).isCloseTo(10.0 / 12, within(1e-9));
        assertThat(Measure.ROUGE_2.f1(summary, reference)).isCloseTo(6.0 / 10, within(1e-9));
        assertThat(Measure.ROUGE_L.f1(summary, reference)).isCloseTo(10.0 / 12, within(1e-9));
    }

    @Test
    void refusesNumbersOfSentencesThatItCantPick() {
        assertThat(infer(EMAIL, 0)).isInstanceOf(Failed.class);
        assertThat(infer(EMAIL, 11)).isInstanceOf(Failed.class);
        assertThat(infer(EMAIL, 1.5)).isInstanceOf(Failed.class);
    }

    @Test
    void abstainsOnAnEmptyText() {
        assertThat(infer(" \n", 1)).isInstanceOf(Abstained.class);
    }

    private static InferenceResult infer(String text, double sentences) {
        Artifact artifact = Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setText(text)
                .build();
        var parameters =
                Map.of("sentences", Value.newBuilder().setNumberValue(sentences).build());
        return specialist
                .infer(List.of(Inference.of(List.of(artifact), parameters)))
                .getFirst();
    }

    private static String slice(String text, int start, int end) {
        return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
    }
}
