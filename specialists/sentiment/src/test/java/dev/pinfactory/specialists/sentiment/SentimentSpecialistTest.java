package dev.pinfactory.specialists.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.sdk.serving.OutputCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentimentSpecialistTest {
    private static SpecialistModel model;

    @BeforeAll
    static void load() throws IOException {
        model = new SentimentSpecialist(SentenceEncoder.shared()).load(ModelSource.of(resource("model.bin")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    The staff were friendly and the food was excellent.      | positive
                    It broke after two days, a complete waste of money.      | negative
                    Not good at all, I would never buy it again.             | negative
                    A lovely film with a wonderful cast.                     | positive
                    """)
    void tellsPraiseFromBlame(String text, String sentiment) {
        Artifact answer = ((Answered) infer(text)).outputs().getFirst();
        assertThat(answer.getJson().getStructValue().getFieldsOrThrow("label").getStringValue())
                .isEqualTo(sentiment);
        assertThat(answer.getLeaves(0).getPointer()).isEqualTo("/label");
        assertThat(answer.getLeaves(0).getConfidence()).isEqualTo(answer.getConfidence());
        assertThat(answer.getLeaves(0).getEvidence(0).getInput()).isEqualTo("text");
    }

    @Test
    void theHeadOfAMailIsNoPartOfItsTone() {
        String letter = "It broke after two days, a complete waste of money.";
        String head = """
                From: Joy Best <joy.best@wonderful.example>
                To: love@excellent.example
                Date: 2026-03-03T09:30:00Z
                Subject: Thank you for the lovely and excellent phone

                """;
        assertThat(infer(head + letter)).isEqualTo(infer(letter));
    }

    @Test
    void abstainsWhenItIsUnsure() {
        Abstained abstained = (Abstained) infer("I have rarely seen such a moving film.");
        assertThat(abstained.bestGuess().getFirst().getConfidence()).isBetween(0.5, 0.65);
    }

    @Test
    void aBlankTextIsTheCallersFault() {
        assertThat(((Failed) infer("  ")).code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
    }

    @Test
    void answersKeepToTheCard() throws IOException {
        Card card;
        try (InputStream stream = resource("card.yaml")) {
            card = CardReader.readOne(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(card.getContract().getExamplesCount()).isGreaterThanOrEqualTo(5);
        Inference inference = Inference.ofText("text", "What a lovely little phone.");
        Answered answered = (Answered) model.infer(List.of(inference)).getFirst();
        assertThat(new OutputCheck(card.getContract()).violations(answered.outputs(), inference.inputs()))
                .isEmpty();
    }

    @Test
    void aModelOfAnotherEncoderIsRefused() throws IOException {
        byte[] bytes;
        try (InputStream stream = resource("model.bin")) {
            bytes = stream.readAllBytes();
        }
        int digest = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("encoder@sha256:");
        bytes[digest + 20] ^= 1;
        assertThatThrownBy(() -> new SentimentSpecialist().load(ModelSource.of(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was trained with");
    }

    private static InferenceResult infer(String text) {
        return model.infer(List.of(Inference.ofText("text", text))).getFirst();
    }

    private static InputStream resource(String name) {
        InputStream stream = SentimentSpecialist.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException(name + " is missing");
        }
        return stream;
    }
}
