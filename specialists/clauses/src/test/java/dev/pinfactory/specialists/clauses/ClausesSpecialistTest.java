package dev.pinfactory.specialists.clauses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClausesSpecialistTest {
    /** With a letter outside the basic plane, so that code points and string indices differ. */
    private static final String CONTRACT = """
            \ud835\udcae SERVICE AGREEMENT
            Blue Harbour Storage Ltd. and the Customer
            1. The Provider stores the goods of the Customer in unit 14 of its house in Bristol
                from 1 May 2026.
            2. The fee is GBP 120.00 a month, due on the third working day of each month.
            3. The Provider may change these terms at any time by posting the new terms on its
                website, and your continued use means that you accept them.
            The Customer finds this agreement clear and was given time to read it.
            Bristol, 14 April 2026
            """;

    private static SpecialistModel model;

    @BeforeAll
    static void load() throws IOException {
        try (InputStream stream = Objects.requireNonNull(ClausesSpecialist.class.getResourceAsStream("model.bin"))) {
            model = new ClausesSpecialist().load(ModelSource.of(stream));
        }
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
    void inAContractTheUnfairClauseIsFoundAndShown() {
        List<Artifact> outputs = ((Answered) infer(CONTRACT)).outputs();
        int start = CONTRACT.codePointCount(0, CONTRACT.indexOf("3. The"));
        int end = CONTRACT.codePointCount(0, CONTRACT.indexOf("\nThe Customer finds"));

        assertThat(outputs.getLast().getConfidence())
                .isEqualTo(outputs.getFirst().getConfidence());
        assertThat(outputs).extracting(Artifact::getName).containsExactly("kinds", "clauses");
        assertThat(label(outputs.getFirst())).isIn("Unilateral change", "Contract by using");
        assertThat(outputs.getFirst().getLeaves(0).getEvidenceList())
                .extracting(Evidence::getSpan)
                .containsExactly(Span.newBuilder().setStart(start).setEnd(end).build());
        assertThat(clauses(outputs)).singleElement().satisfies(clause -> {
            assertThat(clause.getFieldsOrThrow("start").getNumberValue()).isEqualTo(start);
            assertThat(clause.getFieldsOrThrow("end").getNumberValue()).isEqualTo(end);
            assertThat(clause.getFieldsOrThrow("text").getStringValue()).startsWith("3. The Provider");
            assertThat(clause.getFieldsOrThrow("kinds").getListValue().getValuesList())
                    .extracting(Value::getStringValue)
                    .contains("Unilateral change");
        });
    }

    @Test
    void aFairContractHasNone() {
        List<Artifact> outputs =
                ((Answered) infer(CONTRACT.replaceFirst("(?s)3\\. The.*accept them\\.\n", ""))).outputs();
        assertThat(label(outputs.getFirst())).isEqualTo("none");
        assertThat(clauses(outputs)).isEmpty();
    }

    @Test
    void ofASingleClauseTheWholeIsShown() {
        String clause = "  We may terminate your account at any time, for any reason and without notice.\n";
        assertThat(clauses(((Answered) infer(clause)).outputs()))
                .singleElement()
                .satisfies(one -> assertThat(one.getFieldsOrThrow("text").getStringValue())
                        .isEqualTo(clause.strip()));
    }

    @Test
    void nobodyWaitsForALongContractInVain() {
        AtomicInteger asked = new AtomicInteger();
        Inference gone =
                new Inference(Inference.ofText("text", CONTRACT).inputs(), Map.of(), () -> asked.incrementAndGet() > 1);
        assertThat(model.infer(List.of(gone))).singleElement().isInstanceOf(Abstained.class);
    }

    @ParameterizedTest
    @CsvSource({"20000, 340000 characters", "4001, 4001 sentences"})
    void boundsAreNamed(int times, String said) {
        String text = times > 10_000 ? "We may end this. ".repeat(times) : "Fair is fair.\n\n".repeat(times);
        Failed failed = (Failed) infer(text);
        assertThat(failed.code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
        assertThat(failed.detail()).contains("'text'", said);
    }

    private static String label(InferenceResult result) {
        return label(((Answered) result).outputs().getFirst());
    }

    private static List<Struct> clauses(List<Artifact> outputs) {
        return outputs.getLast().getJson().getListValue().getValuesList().stream()
                .map(Value::getStructValue)
                .toList();
    }

    private static String label(Artifact kinds) {
        return kinds.getJson().getStructValue().getFieldsOrThrow("label").getStringValue();
    }

    private static InferenceResult infer(String text) {
        return model.infer(List.of(Inference.ofText("text", text))).getFirst();
    }
}
