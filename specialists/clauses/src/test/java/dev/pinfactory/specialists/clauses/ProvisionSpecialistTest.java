package dev.pinfactory.specialists.clauses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.testkit.SpecialistBeanContract;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisionSpecialistTest extends SpecialistBeanContract {
    @Override
    protected Object specialist() {
        return new ProvisionSpecialist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This Agreement shall be governed by the laws of the State of New York.",
                "Blue",
                "Section 4.2 (b)"
            })
    void scaledConfidencesKeepTheirOrderAndAreShares(String text) throws IOException {
        List<Candidate> ranked = shipped().read(text);
        assertThat(ranked)
                .isSortedAccordingTo(
                        Comparator.comparingDouble(Candidate::confidence).reversed());
        assertThat(ranked.stream().mapToDouble(Candidate::confidence).sum()).isBetween(0.0, 1.000001);
    }

    @Test
    void aPlainProvisionIsSaidWithConfidence() throws IOException {
        Candidate best = shipped()
                .read(
                        "This Agreement shall be governed by and construed in accordance with the laws of the State of New York.")
                .getFirst();
        assertThat(best.label()).isEqualTo("Governing Laws");
        assertThat(best.confidence()).isGreaterThan(0.9);
    }

    private static ProvisionReader shipped() throws IOException {
        try (InputStream model =
                Objects.requireNonNull(ProvisionSpecialist.class.getResourceAsStream("ledgar/model.bin"))) {
            return ProvisionReader.read(model, SentenceEncoder.shared());
        }
    }
}
