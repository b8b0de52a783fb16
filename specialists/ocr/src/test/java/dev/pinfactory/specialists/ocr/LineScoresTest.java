package dev.pinfactory.specialists.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Box;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.Segment;
import dev.pinfactory.specialists.ocr.LineScores.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class LineScoresTest {
    private static final String GOLD =
            "{'lines': [{'box': [10, 10, 60, 20], 'text': 'TOTAL RM'}, {'box': [80, 10, 110, 20], 'text': '5.90'}, {'box': [10, 40, 60, 50], 'text': 'CASH'}]}";

    @ParameterizedTest
    @CsvSource({
        "Total, 10, true",
        "Total RM 5.90, 10, true",
        "Total Total, 10, false",
        "Tota1, 10, false",
        "CASH, 10, false",
        "CASH, 40, true"
    })
    void aLineIsRightWhenAllItsWordsStandWhereItWasFound(String read, double top, boolean right) {
        assertThat(outcomes(GOLD, read, top)).containsExactly(new Outcome(0.75, right));
    }

    @Test
    void signsAloneSayNothing() {
        assertThat(outcomes(GOLD, "*** --", 10)).isEmpty();
    }

    @Test
    void withoutPlacesNothingIsKnown() {
        assertThat(outcomes("{'lines': [{'text': 'TOTAL'}]}", "TOTAL", 10)).isEmpty();
    }

    @Test
    void aLineIsLessSureThanItsSigns() {
        assertThat(Confidence.of(new LineText("TOTAL", 0.9, 0.3)))
                .isLessThan(Confidence.of(new LineText("TOTAL", 0.9, 0.9)))
                .isBetween(0.5, 0.9);
    }

    private static List<Outcome> outcomes(String gold, String read, double top) {
        Artifact text = Artifact.newBuilder()
                .setText(read)
                .addSegments(Segment.newBuilder()
                        .setEnd(read.length())
                        .setBox(Box.newBuilder()
                                .setLeft(8)
                                .setTop(top)
                                .setRight(112)
                                .setBottom(top + 11)))
                .addLeaves(LeafNote.newBuilder().setPointer("/segments/0").setConfidence(0.75))
                .build();
        return LineScores.outcomes(new JsonMapper().readTree(gold.replace('\'', '"')), text);
    }
}
