package dev.pinfactory.specialists.emotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageModelTest {
    private static SpecialistModel emotion;
    private static SpecialistModel urgency;

    @BeforeAll
    static void load() throws IOException {
        emotion = new EmotionSpecialist().load(resource("model.bin"));
        urgency = new UrgencySpecialist().load(resource("urgency/model.bin"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    This is outrageous, I have never been treated so badly!        | anger
                    We love the new garden chairs, thank you so much!              | joy
                    I am confident that we will find a way together.               | optimism
                    My grandfather has died and I am so sad.                       | sadness
                    """)
    void namesTheEmotion(String text, String expected) {
        assertThat(label(((Answered) infer(emotion, text)).outputs().getFirst()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    There is a fire in the kitchen, send help now!                 | high
                    Please send me a copy of the invoice for April.                | normal
                    Please find attached the signed agreement.                     | low
                    """)
    void namesTheUrgency(String text, String expected) {
        Artifact answer = ((Answered) infer(urgency, text)).outputs().getFirst();
        assertThat(label(answer)).isEqualTo(expected);
        assertThat(answer.getLeaves(0).getPointer()).isEqualTo("/label");
        assertThat(answer.getLeaves(0).getEvidence(0).getInput()).isEqualTo("text");
    }

    @Test
    void theSenderIsNoPartOfAMessageAndTheSubjectOfItsUrgencyAlone() {
        String head = "From: Joy <joy@love.example>\nTo: fire@help.example\nSubject: Fire in the kitchen\n\n";
        String letter = "We love the new garden chairs, thank you so much!";
        assertThat(infer(emotion, head + letter)).isEqualTo(infer(emotion, letter));
        assertThat(infer(urgency, head + letter)).isEqualTo(infer(urgency, "Fire in the kitchen\n\n" + letter));
    }

    @Test
    void abstainsWhereNoEmotionShows() {
        Abstained abstained = (Abstained) infer(emotion, "Please send me a copy of the invoice for April.");
        assertThat(abstained.reason()).isEqualTo("no emotion shows in the message");
        assertThat(label(abstained.bestGuess().getFirst())).isNotEqualTo(MessageModel.NEUTRAL);
    }

    @Test
    void aBlankOrEndlessMessageIsTheCallersFault() {
        assertThat(((Failed) infer(emotion, " ")).code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
        assertThat(((Failed) infer(urgency, "a".repeat(20_001))).detail()).contains("'text'", "20000");
    }

    @Test
    void tweetsNeverBecomeTheModelThatShips(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("train.jsonl.gz"), "never read");
        EmotionTrainer trainer = new EmotionTrainer();
        TrainingRequest request = new TrainingRequest(folder, folder.resolve(trainer.resources()), 42, line -> {});
        assertThatThrownBy(() -> trainer.train(request))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("measuring only");
    }

    private static String label(Artifact answer) {
        return answer.getJson().getStructValue().getFieldsOrThrow("label").getStringValue();
    }

    private static InferenceResult infer(SpecialistModel model, String text) {
        return model.infer(List.of(Inference.ofText("text", text))).getFirst();
    }

    private static ModelSource resource(String name) throws IOException {
        try (InputStream stream = EmotionSpecialist.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return ModelSource.of(stream);
        }
    }
}
