package dev.pinfactory.specialists.languageid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.sdk.serving.OutputCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageIdSpecialistTest {
    private static SpecialistModel model;

    @BeforeAll
    static void load() throws IOException {
        model = new LanguageIdSpecialist().load(ModelSource.of(resource("model.bin")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Where is the nearest station, please?           | en
                    Wo ist der nächste Bahnhof?                     | de
                    Où est la gare la plus proche ?                 | fr
                    Onde fica a estação mais próxima?               | pt
                    ¿Dónde puedo comprar un billete para el tren?   | es
                    Gdzie jest najbliższy dworzec?                  | pl
                    Где находится ближайший вокзал?                 | ru
                    Πού είναι ο πλησιέστερος σταθμός;               | el
                    სად არის უახლოესი სადგური?                       | ka
                    Որտե՞ղ է մոտակա կայարանը                          | hy
                    สถานีที่ใกล้ที่สุดอยู่ที่ไหน                             | th
                    가장 가까운 역이 어디에 있습니까?                      | ko
                    一番近い駅はどこですか。                            | ja
                    最近的车站在哪里？                                | zh
                    היכן התחנה הקרובה ביותר?                          | he
                    அருகிலுள்ள நிலையம் எங்கே?                          | ta
                    দয়া করে বলুন নিকটতম স্টেশন কোথায়?                  | bn
                    """)
    void namesTheLanguage(String text, String language) {
        Artifact answer = ((Answered) infer(text)).outputs().getFirst();
        assertThat(answer.getJson().getStructValue().getFieldsOrThrow("label").getStringValue())
                .isEqualTo(language);
        assertThat(answer.getLeaves(0).getPointer()).isEqualTo("/label");
        assertThat(answer.getLeaves(0).getEvidence(0).getInput()).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "12.50 - 2026/11/22", "😀 🚀", "?!"})
    void abstainsWithoutLetters(String text) {
        assertThat(infer(text)).isEqualTo(InferenceResult.abstained("the text has no letters"));
    }

    @Test
    void abstainsWhenItIsUnsure() {
        Abstained abstained = (Abstained) infer("a");
        assertThat(abstained.bestGuess().getFirst().getConfidence()).isLessThan(0.5);
    }

    @Test
    void answersKeepToTheCard() throws IOException {
        Card card;
        try (InputStream stream = resource("card.yaml")) {
            card = CardReader.readOne(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(card.getContract().getExamplesCount()).isGreaterThanOrEqualTo(5);
        Inference inference = Inference.ofText("text", "Wo ist der nächste Bahnhof?");
        Answered answered = (Answered) model.infer(List.of(inference)).getFirst();
        assertThat(new OutputCheck(card.getContract()).violations(answered.outputs(), inference.inputs()))
                .isEmpty();
    }

    @Test
    void damagedModelsAreRefused() throws IOException {
        byte[] bytes;
        try (InputStream stream = resource("model.bin")) {
            bytes = stream.readAllBytes();
        }
        assertThatThrownBy(() -> load(Arrays.copyOf(bytes, bytes.length / 2))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> load(new byte[100])).isInstanceOf(IOException.class);
    }

    private static SpecialistModel load(byte[] bytes) throws IOException {
        return new LanguageIdSpecialist().load(ModelSource.of(bytes));
    }

    private static InferenceResult infer(String text) {
        return model.infer(List.of(Inference.ofText("text", text))).getFirst();
    }

    private static InputStream resource(String name) {
        InputStream stream = LanguageIdSpecialist.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException(name + " is missing");
        }
        return stream;
    }
}
