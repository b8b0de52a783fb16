package dev.pinfactory.specialists.intent;

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
import org.junit.jupiter.params.provider.ValueSource;

class IntentSpecialistTest {
    private static SpecialistModel model;

    @BeforeAll
    static void load() throws IOException {
        model = new IntentSpecialist(SentenceEncoder.shared()).load(ModelSource.of(resource("model.bin")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Somebody stole my phone, how do I keep my account safe?  | lost_or_stolen_phone
                    The machine swallowed my card this morning!              | card_swallowed
                    How do I set a new PIN?                                  | change_pin
                    My card was stolen and I need to block it right now      | lost_or_stolen_card
                    """)
    void namesTheIntent(String text, String intent) {
        Artifact answer = ((Answered) infer(text)).outputs().getFirst();
        assertThat(answer.getJson().getStructValue().getFieldsOrThrow("label").getStringValue())
                .isEqualTo(intent);
        assertThat(answer.getLeaves(0).getPointer()).isEqualTo("/label");
        assertThat(answer.getLeaves(0).getConfidence()).isEqualTo(answer.getConfidence());
        assertThat(answer.getLeaves(0).getEvidence(0).getInput()).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The sonata has three movements.",
                "How long do I boil an egg?",
                "Play some jazz in the kitchen.",
                "asdf qwer"
            })
    void abstainsOutsideItsField(String text) {
        Abstained abstained = (Abstained) infer(text);
        assertThat(abstained.reason()).contains("77");
        assertThat(abstained.bestGuess().getFirst().getConfidence()).isLessThan(0.5);
    }

    @Test
    void aBlankMessageIsTheCallersFault() {
        assertThat(((Failed) infer("  ")).code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
    }

    @Test
    void answersKeepToTheCard() throws IOException {
        Card card;
        try (InputStream stream = resource("card.yaml")) {
            card = CardReader.readOne(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(card.getContract().getExamplesCount()).isGreaterThanOrEqualTo(5);
        Inference inference = Inference.ofText("text", "How do I set a new PIN?");
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
        assertThatThrownBy(() -> new IntentSpecialist().load(ModelSource.of(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was trained with");
    }

    private static InferenceResult infer(String text) {
        return model.infer(List.of(Inference.ofText("text", text))).getFirst();
    }

    private static InputStream resource(String name) {
        InputStream stream = IntentSpecialist.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException(name + " is missing");
        }
        return stream;
    }
}
