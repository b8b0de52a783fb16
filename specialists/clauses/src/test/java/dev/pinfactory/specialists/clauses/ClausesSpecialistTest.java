package dev.pinfactory.specialists.clauses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.testkit.SpecialistBeanContract;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClausesSpecialistTest extends SpecialistBeanContract {
    private static SpecialistModel model;

    @BeforeAll
    static void load() throws IOException {
        try (InputStream stream = Objects.requireNonNull(ClausesSpecialist.class.getResourceAsStream("model.bin"))) {
            model = new ClausesSpecialist().load(ModelSource.of(stream));
        }
    }

    @Override
    protected Object specialist() {
        return new ClausesSpecialist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    We may terminate your account at any time, for any reason and without notice.         | Unilateral termination
                    In no event shall we be liable for any indirect, incidental or consequential damages. | Limitation of liability
                    These terms are governed by the laws of the State of California.                      | Choice of law
                    You can change your password in the settings of your account.                         | none
                    """)
    void namesTheKindOfUnfairness(String text, String kind) {
        assertThat(label(infer(text))).isEqualTo(kind);
    }

    @Test
    void cutIntoTokensAClauseIsTheSame() {
        String clause = "We may terminate your account at any time, for any reason and without notice.";
        String cut = "we may terminate your account at any time , for any reason and without notice .";
        assertThat(label(infer(cut))).isEqualTo(label(infer(clause)));
    }

    @Test
    void severalKindsMayApplyAndNoneOnlyAlone() {
        UnfairKinds kinds =
                new UnfairKinds(List.of("a", "b"), List.of(PlattScaling.NONE, PlattScaling.NONE), List.of(0.5, 0.3));
        assertThat(ClauseReader.answer(kinds, new double[] {1, 0}))
                .extracting(Candidate::label)
                .containsExactly("a", "b");
        assertThat(ClauseReader.answer(kinds, new double[] {-0.1, -1}))
                .extracting(Candidate::label)
                .containsExactly("none");
    }

    @Test
    void aBlankClauseIsTheCallersFault() {
        Failed failed = (Failed) infer(" ");
        assertThat(failed.code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
        assertThat(failed.detail()).contains("'text'");
    }

    @Test
    void aWholeContractIsNoClause() {
        Failed failed = (Failed) infer("We may end this. ".repeat(1_000));
        assertThat(failed.code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
        assertThat(failed.detail()).contains("17000 characters", "at most 5000", "clause by clause");
    }

    private static String label(InferenceResult result) {
        return ((Answered) result)
                .outputs()
                .getFirst()
                .getJson()
                .getStructValue()
                .getFieldsOrThrow("label")
                .getStringValue();
    }

    private static InferenceResult infer(String text) {
        return model.infer(List.of(Inference.ofText("text", text))).getFirst();
    }
}
