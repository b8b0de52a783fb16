package dev.pinfactory.specialists.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.testkit.SpecialistBeanContract;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssistantIntentSpecialistTest extends SpecialistBeanContract {
    private static SpecialistModel model;

    @Override
    protected Object specialist() {
        return new AssistantIntentSpecialist();
    }

    @BeforeAll
    static void load() throws IOException {
        try (InputStream stream = AssistantIntentSpecialist.class.getResourceAsStream("clinc150/model.bin")) {
            model = new AssistantIntentSpecialist(SentenceEncoder.shared()).load(ModelSource.of(stream));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    what is the french word for bread          | translate
                    get me up at half past five                | alarm
                    do i need an umbrella in boston tomorrow   | weather
                    when should i get my next oil change       | oil_change_when
                    """)
    void namesTheRequest(String text, String intent) {
        Artifact answer = ((Answered) infer(text)).outputs().getFirst();
        assertThat(answer.getJson().getStructValue().getFieldsOrThrow("label").getStringValue())
                .isEqualTo(intent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "why did the roman empire fall",
                "The sonata has three movements.",
                "how many pages does the longest novel have",
                "asdf qwer"
            })
    void saysThatSomethingElseIsOutOfScope(String text) {
        Abstained abstained = (Abstained) infer(text);
        assertThat(abstained.reason()).startsWith("out of scope").contains("150");
        assertThat(abstained.bestGuess().getFirst().getJson().toString()).doesNotContain("\"oos\"");
    }

    private static InferenceResult infer(String text) {
        return model.infer(List.of(Inference.ofText("text", text))).getFirst();
    }
}
