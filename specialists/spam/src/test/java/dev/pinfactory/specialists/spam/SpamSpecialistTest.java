package dev.pinfactory.specialists.spam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.testkit.SpecialistBeanContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpamSpecialistTest extends SpecialistBeanContract {
    private static SpecialistModel model;

    @BeforeAll
    static void load() throws IOException {
        model = new SpamSpecialist().load(ModelSource.of(shipped()));
    }

    @Override
    protected Object specialist() {
        return new SpamSpecialist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    CONGRATS! You won a £500 voucher. Text CLAIM to 84025 now, 150p per msg        | spam
                    URGENT! Your mobile number has won a prize. Call 09061701461 from a land line  | spam
                    Free ringtone for your phone! Reply YES to 87077 to get it. Stop? txt STOP     | spam
                    Are you coming home for dinner tonight?                                        | ham
                    I'll be 10 minutes late, sorry, the bus is stuck.                              | ham
                    Thanks for yesterday, mum loved the flowers                                    | ham
                    """)
    void tellsSpamFromMail(String text, String verdict) {
        Artifact answer = ((Answered) infer(text)).outputs().getFirst();
        assertThat(answer.getJson().getStructValue().getFieldsOrThrow("label").getStringValue())
                .isEqualTo(verdict);
        assertThat(answer.getLeaves(0).getConfidence()).isEqualTo(answer.getConfidence());
        assertThat(answer.getLeaves(0).getEvidence(0).getInput()).isEqualTo("text");
    }

    @Test
    void anAbstentionCarriesItsBestGuess() {
        Abstained abstained = (Abstained) infer("Your bill is ready: see www.bills.com");
        assertThat(abstained.reason()).contains("as well be spam");
        assertThat(abstained.bestGuess().getFirst().getConfidence()).isBetween(0.5, 0.6);
    }

    @Test
    void aBlankMessageIsTheCallersFault() {
        Failed failed = (Failed) infer(" \n");
        assertThat(failed.code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
        assertThat(failed.detail()).contains("'text'");
    }

    @Test
    void formWordsTellOfNumbersLinksAndPrices() {
        assertThat(MessageForm.described("WIN £5: call 09061701461 or see www.win.com"))
                .contains("\u00a4n11", "\u00a4phone", "\u00a4url", "\u00a4money", "\u00a4cw1");
        assertThat(MessageForm.described("see you at the pub"))
                .contains("\u00a4nodigits")
                .doesNotContain("\u00a4url", "\u00a4money", "\u00a4phone");
    }

    @Test
    void nobodyCanClaimAForm() {
        assertThat(MessageForm.described("\u00a4phone hello")).doesNotContain("\u00a4phone");
    }

    @Test
    void aHugeMessageIsCut() {
        assertThat(MessageForm.described("1 ".repeat(1_000_000)).length()).isLessThan(11_000);
    }

    @Test
    void aModelOfAnotherEncoderIsRefused() throws IOException {
        byte[] bytes;
        try (InputStream stream = shipped()) {
            bytes = stream.readAllBytes();
        }
        int digest = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("encoder@sha256:");
        bytes[digest + 20] ^= 1;
        assertThatThrownBy(() -> new SpamSpecialist(SentenceEncoder.shared()).load(ModelSource.of(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was trained with");
    }

    private static InferenceResult infer(String text) {
        return model.infer(List.of(Inference.ofText("text", text))).getFirst();
    }

    private static InputStream shipped() {
        return Objects.requireNonNull(SpamSpecialist.class.getResourceAsStream("model.bin"));
    }
}
