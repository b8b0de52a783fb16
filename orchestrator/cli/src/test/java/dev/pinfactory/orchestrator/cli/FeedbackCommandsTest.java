package dev.pinfactory.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.NullValue;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.ClaimReviewRequest;
import dev.pinfactory.proto.v1.ClaimReviewResponse;
import dev.pinfactory.proto.v1.Correction;
import dev.pinfactory.proto.v1.Doubt;
import dev.pinfactory.proto.v1.GiveFeedbackRequest;
import dev.pinfactory.proto.v1.GiveFeedbackResponse;
import dev.pinfactory.proto.v1.ListReviewsRequest;
import dev.pinfactory.proto.v1.ListReviewsResponse;
import dev.pinfactory.proto.v1.PlanFeedback;
import dev.pinfactory.proto.v1.ResolveReviewRequest;
import dev.pinfactory.proto.v1.ResolveReviewResponse;
import dev.pinfactory.proto.v1.Review;
import dev.pinfactory.proto.v1.Revision;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands that say what is right, against a swarm that writes down what it is told. */
class FeedbackCommandsTest {
    private final FakeSwarm swarm = new FakeSwarm();
    private Server server;
    private String out = "";
    private String err = "";

    private static final class FakeSwarm extends SwarmServiceGrpc.SwarmServiceImplBase {
        private final List<GiveFeedbackRequest> feedback = new ArrayList<>();
        private final List<ResolveReviewRequest> decisions = new ArrayList<>();
        private final Review review = Review.newBuilder()
                .setTaskId("t-1")
                .setInstruction("What is\u001b[31m this?")
                .addDoubts(Doubt.newBuilder()
                        .setPointer("/intent")
                        .setValue(text("refund"))
                        .setReason(Doubt.Reason.LOW_CONFIDENCE)
                        .setDetail("30 % sure, asked for are 50 %"))
                .build();

        private static TaskResult revised(String task) {
            return TaskResult.newBuilder()
                    .setTaskId(task)
                    .addRevisions(Revision.newBuilder().setNumber(1))
                    .build();
        }

        @Override
        public void giveFeedback(GiveFeedbackRequest request, StreamObserver<GiveFeedbackResponse> observer) {
            feedback.add(request);
            observer.onNext(GiveFeedbackResponse.newBuilder()
                    .setResult(revised(request.getTaskId()))
                    .build());
            observer.onCompleted();
        }

        @Override
        public void listReviews(ListReviewsRequest request, StreamObserver<ListReviewsResponse> observer) {
            observer.onNext(ListReviewsResponse.newBuilder().addReviews(review).build());
            observer.onCompleted();
        }

        @Override
        public void claimReview(ClaimReviewRequest request, StreamObserver<ClaimReviewResponse> observer) {
            observer.onNext(ClaimReviewResponse.newBuilder()
                    .setReview(review.toBuilder()
                            .setClaimedBy("ann for " + request.getLease().getSeconds() / 60 + " min"))
                    .build());
            observer.onCompleted();
        }

        @Override
        public void resolveReview(ResolveReviewRequest request, StreamObserver<ResolveReviewResponse> observer) {
            decisions.add(request);
            observer.onNext(ResolveReviewResponse.newBuilder()
                    .setResult(revised(request.getTaskId()))
                    .build());
            observer.onCompleted();
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(swarm)
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    private int pin(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--endpoint=localhost:" + server.getPort());
        Ran ran = Ran.pin(all.toArray(String[]::new));
        out = ran.out();
        err = ran.err();
        return ran.exit();
    }

    @Test
    void textsAndOtherValuesAreToldApart() {
        assertThat(pin("feedback", "t-1", "--set", "/pages=3", "--set-json", "/total=null", "--plan", "wrong"))
                .as(err)
                .isZero();
        assertThat(out).contains("revision 1 of task t-1");
        assertThat(swarm.feedback.getFirst().getFeedback().getCorrectionsList())
                .containsExactly(
                        correction("/pages", text("3")),
                        correction(
                                "/total",
                                Value.newBuilder()
                                        .setNullValue(NullValue.NULL_VALUE)
                                        .build()));
        assertThat(swarm.feedback.getFirst().getFeedback().getPlan().getVerdict())
                .isEqualTo(PlanFeedback.Verdict.WRONG);
    }

    @Test
    void whatCantBeReadIsNamed() {
        assertThat(pin("feedback", "t-1", "--set", "intent=refund")).isEqualTo(2);
        assertThat(err).contains("--set is 'intent=refund', expected a place of the output");
        assertThat(pin("feedback", "t-1", "--set-json", "/total={")).isEqualTo(2);
        assertThat(err).contains("whose value is no JSON");
        assertThat(pin("feedback", "t-1", "--plan", "maybe")).isEqualTo(2);
        assertThat(pin("feedback", "t-1")).isEqualTo(2);
        assertThat(pin("review", "resolve", "t-1", "--accept", "--reject")).isEqualTo(2);
        assertThat(swarm.feedback).isEmpty();
        assertThat(swarm.decisions).isEmpty();
    }

    @Test
    void reviewsAreShownWithTheirDoubts() {
        assertThat(pin("review", "list")).isZero();
        assertThat(out)
                .contains("t-1")
                .contains("/intent is \"refund\": 30 % sure, asked for are 50 %")
                .doesNotContain("\u001b");
        assertThat(pin("review", "claim", "t-1", "--minutes", "30")).isZero();
        assertThat(out).contains("ann for 30 min");
    }

    @Test
    void aReviewIsDecided() {
        assertThat(pin("review", "resolve", "t-1", "--accept")).isZero();
        assertThat(pin("review", "resolve", "t-1", "--set", "/intent=fee")).isZero();
        assertThat(swarm.decisions)
                .extracting(ResolveReviewRequest::getDecision)
                .containsExactly(ResolveReviewRequest.Decision.ACCEPTED, ResolveReviewRequest.Decision.CORRECTED);
        assertThat(swarm.decisions.getLast().getCorrectionsList()).containsExactly(correction("/intent", text("fee")));
    }

    private static Correction correction(String pointer, Value value) {
        return Correction.newBuilder().setPointer(pointer).setValue(value).build();
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }
}
