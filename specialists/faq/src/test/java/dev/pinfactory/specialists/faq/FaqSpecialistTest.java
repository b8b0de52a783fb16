package dev.pinfactory.specialists.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
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
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class FaqSpecialistTest {
    private static SpecialistModel model;

    @BeforeAll
    static void load() throws IOException {
        model = new FaqSpecialist(SentenceEncoder.shared()).load(shipped());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Somebody stole my phone, is my money safe?                  | lost_or_stolen_phone
                    The cash machine ate my card this morning!                  | card_swallowed
                    I forgot the password of my computer                       | password_reset
                    How do I apply for vacation in August?                      | vacation_request
                    Paper is stuck in the printer on the second floor           | printer_jam
                    I have lost the receipt of my hotel, what about my expenses? | missing_receipt
                    """)
    void findsTheAnswer(String question, String topic) {
        Struct answer = ((Answered) infer(model, question))
                .outputs()
                .getFirst()
                .getJson()
                .getStructValue();
        assertThat(text(answer, "topic")).isEqualTo(topic);
        assertThat(text(answer, "answer")).isNotBlank();
        assertThat(answer.getFieldsOrThrow("matches").getListValue().getValuesCount())
                .isBetween(1, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"How long do I boil an egg?", "The sonata has three movements.", "asdf qwer"})
    void abstainsWhereNothingFits(String question) {
        Abstained abstained = (Abstained) infer(model, question);
        assertThat(abstained.reason()).contains("no known question fits");
        assertThat(abstained.bestGuess().getFirst().getConfidence()).isLessThan(FaqModel.FLOOR);
    }

    @Test
    void theConfidenceStandsAtTheAnswer() {
        Artifact answer =
                ((Answered) infer(model, "How do I set a new PIN?")).outputs().getFirst();
        assertThat(answer.getLeaves(0).getPointer()).isEqualTo("/answer");
        assertThat(answer.getLeaves(0).getConfidence()).isEqualTo(answer.getConfidence());
        assertThat(answer.getLeaves(0).getEvidence(0).getInput()).isEqualTo("question");
    }

    @Test
    void aBlankOrEndlessQuestionIsTheCallersFault() {
        assertThat(((Failed) infer(model, "  ")).code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
        assertThat(((Failed) infer(model, "a ".repeat(1_001))).detail()).contains("'question'", "2000");
    }

    @Test
    void anOwnFileTakesThePlaceOfTheShippedAnswers(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("own.csv"), """
                question,answer
                How do I feed the office cat?,"One cup at nine, one at five."
                Where is the watering can?,In the cellar.
                """);
        FaqSpecialist specialist = new FaqSpecialist(SentenceEncoder.shared());
        StandardEnvironment settings = new StandardEnvironment();
        settings.getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of(FaqSpecialist.FILE, file.toString())));
        specialist.setEnvironment(settings);
        SpecialistModel own = specialist.load(shipped());

        Answered fed = (Answered) infer(own, "When does the cat get its food?");
        assertThat(text(fed.outputs().getFirst().getJson().getStructValue(), "answer"))
                .isEqualTo("One cup at nine, one at five.");
        assertThat(infer(own, "How do I set a new PIN?")).isInstanceOf(Abstained.class);
    }

    @Test
    void theIndexOfAnOwnFileIsKeptUntilTheFileChanges(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("own.jsonl"), "{\"question\": \"Why?\", \"answer\": \"Because.\"}\n");
        Path kept = folder.resolve("own.jsonl.index");
        FaqSpecialist specialist = new FaqSpecialist(SentenceEncoder.shared(), Optional.of(file));
        specialist.load(shipped());
        byte[] first = Files.readAllBytes(kept);

        Files.writeString(kept, "damaged");
        specialist.load(shipped());
        assertThat(Files.readAllBytes(kept)).isEqualTo(first);

        Files.writeString(file, "{\"question\": \"Why not?\", \"answer\": \"Because.\"}\n");
        specialist.load(shipped());
        assertThat(Files.readAllBytes(kept)).isNotEqualTo(first);
    }

    @Test
    void aModelOfAnotherEncoderIsRefused() throws IOException {
        byte[] bytes = shipped().bytes();
        int digest = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("encoder@sha256:");
        bytes[digest + 20] ^= 1;
        assertThatThrownBy(() -> new FaqSpecialist().load(ModelSource.of(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was trained with");
    }

    private static InferenceResult infer(SpecialistModel model, String question) {
        return model.infer(List.of(Inference.ofText("question", question))).getFirst();
    }

    private static String text(Struct struct, String name) {
        return struct.getFieldsOrThrow(name).getStringValue();
    }

    private static ModelSource shipped() throws IOException {
        try (InputStream stream = FaqSpecialist.class.getResourceAsStream("model.bin")) {
            if (stream == null) {
                throw new IllegalStateException("model.bin is missing");
            }
            return ModelSource.of(stream);
        }
    }
}
