package dev.pinfactory.specialists.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.Port;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TestingSpecialistTest {
    private static final Card CARD = card();
    private static final InferRequest REQUEST = InferRequest.newBuilder()
            .setSpecialist("double")
            .addInputs(Artifact.newBuilder().setName("text").setType("text").setText("hello"))
            .build();

    @Test
    void echoesItsInputOnItsOutputPort() {
        try (TestingSpecialist specialist = TestingSpecialist.onPort(CARD);
                Connection connection = new Connection(specialist.address())) {
            Artifact output = connection.infer(REQUEST).getOutputs().getArtifacts(0);
            assertThat(output.getName()).isEqualTo("copy");
            assertThat(output.getText()).isEqualTo("hello");
            assertThat(specialist.requests()).containsExactly(REQUEST);
        }
    }

    @Test
    void failsAsOftenAsItIsToldTo() {
        try (TestingSpecialist specialist = TestingSpecialist.inProcess(CARD, "double");
                Connection connection = new Connection(specialist.address())) {
            specialist.does(TestingSpecialist.first(
                    1,
                    TestingSpecialist.fails(ErrorCode.SPECIALIST_UNAVAILABLE),
                    TestingSpecialist.abstains("unsure")));
            assertThatThrownBy(() -> connection.infer(REQUEST))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> assertThat(Errors.fromGrpc(e).code()).isEqualTo(ErrorCode.SPECIALIST_UNAVAILABLE));
            assertThat(connection.infer(REQUEST).getAbstention().getReason()).isEqualTo("unsure");
        }
    }

    @Test
    void countsCallersThatGoAway() {
        try (TestingSpecialist specialist = TestingSpecialist.onPort(CARD);
                Connection connection = new Connection(specialist.address())) {
            specialist.after(Duration.ofHours(1));
            var call = connection.start(REQUEST, Duration.ofMinutes(1));
            await().until(() -> specialist.running() == 1);
            call.cancel(true);
            await().until(() -> specialist.cancelled() == 1 && specialist.running() == 0);
        }
    }

    private static Card card() {
        Card.Builder card = Card.newBuilder();
        card.getContractBuilder()
                .setId("double")
                .addInputs(Port.newBuilder().setName("text").setType("text"))
                .addOutputs(Port.newBuilder().setName("copy").setType("text"));
        card.getVersionBuilder().setNumber("1.0.0");
        return card.build();
    }
}
