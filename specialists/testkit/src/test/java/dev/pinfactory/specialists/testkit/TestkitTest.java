package dev.pinfactory.specialists.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.DescribeResponse;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each of these specialists breaks the contract in one way, and the contract test finds it by name. */
@Tag("long")
class TestkitTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void aSpecialistThatKeepsTheContractPasses() {
        try (LocalSpecialists good = LocalSpecialists.serve(new Capitals())) {
            int code = run(good.address());
            assertThat(code).as(report()).isZero();
            assertThat(report()).contains("checks passed").doesNotContain("FAILED");
        }
    }

    @Test
    void theReportIsJsonWhenAskedFor() {
        try (LocalSpecialists good = LocalSpecialists.serve(new Capitals())) {
            run(good.address(), "--json");
            assertThat(report()).startsWith("{").contains("\"passed\" : true");
        }
    }

    @Test
    void nobodyThereIsAFailureAndNoAddressAUsageError() {
        assertThat(run("127.0.0.1:1")).isEqualTo(1);
        assertThat(report()).contains("UNAVAILABLE");
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void findsAnInvalidCard() throws Exception {
        finds("describes valid cards", new BrokenServer.Fault() {
            @Override
            public DescribeResponse describe(DescribeResponse response) {
                DescribeResponse.Builder broken = response.toBuilder();
                broken.getCardsBuilder(0).getContractBuilder().clearSummary().setCapability("Not A Slug");
                return broken.build();
            }
        });
    }

    @Test
    void findsBadHealth() throws Exception {
        finds("capitals: is healthy", new BrokenServer.Fault() {
            @Override
            public ServingStatus health() {
                return ServingStatus.NOT_SERVING;
            }
        });
    }

    @Test
    void findsAnOutputThatTheCardDoesNotKnow() throws Exception {
        findsInResponse("answers its samples", output -> output.setName("other"));
    }

    @Test
    void findsAnOutputOfTheWrongType() throws Exception {
        findsInResponse("answers its samples", output -> output.setType("labels"));
    }

    @Test
    void findsAConfidenceAboveOne() throws Exception {
        findsInResponse("answers its samples", output -> output.setConfidence(1.5));
    }

    @Test
    void findsEvidenceOutsideOfTheText() throws Exception {
        findsInResponse(
                "answers its samples",
                output -> output.getLeavesBuilderList()
                        .forEach(leaf ->
                                leaf.getEvidenceBuilder(0).getSpanBuilder().setEnd(100_000_000)));
    }

    @Test
    void findsEvidenceFromAnUnknownInput() throws Exception {
        findsInResponse(
                "answers its samples",
                output -> output.getLeavesBuilderList()
                        .forEach(leaf -> leaf.getEvidenceBuilder(0).setInput("other")));
    }

    @Test
    void findsAnAbstentionWithoutReason() throws Exception {
        finds("answers its samples", new BrokenServer.Fault() {
            @Override
            public InferResponse response(InferRequest request, InferResponse response) {
                InferResponse.Builder broken = response.toBuilder();
                broken.getAbstentionBuilder();
                return broken.build();
            }
        });
    }

    @Test
    void findsOffsetsInUtf16Units() throws Exception {
        finds("counts offsets in code points", new BrokenServer.Fault() {
            @Override
            public InferResponse response(InferRequest request, InferResponse response) {
                String text = request.getInputs(0).getText();
                InferResponse.Builder broken = response.toBuilder();
                broken.getOutputsBuilder()
                        .getArtifactsBuilderList()
                        .forEach(output -> output.getLeavesBuilderList().forEach(leaf -> {
                            var span = leaf.getEvidenceBuilder(0).getSpanBuilder();
                            span.setStart(text.offsetByCodePoints(0, span.getStart()))
                                    .setEnd(text.offsetByCodePoints(0, span.getEnd()));
                        }));
                return broken.build();
            }
        });
    }

    @Test
    void findsAnAnswerThatChanges() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        findsInResponse(
                "gives the same answer again", output -> output.setConfidence(0.5 + calls.incrementAndGet() * 1e-6));
    }

    @Test
    void findsAnswersThatDependOnNeighbours() throws Exception {
        AtomicInteger running = new AtomicInteger();
        finds("answers 16 at a time", new BrokenServer.Fault() {
            @Override
            public void compute() {
                running.incrementAndGet();
                LockSupport.parkNanos(20_000_000);
            }

            @Override
            public InferResponse response(InferRequest request, InferResponse response) {
                int together = running.getAndDecrement();
                InferResponse.Builder broken = response.toBuilder();
                broken.getOutputsBuilder().getArtifactsBuilder(0).setConfidence(together > 1 ? 0.5 : 1);
                return broken.build();
            }

            @Override
            public RuntimeException refusal(RuntimeException refusal) {
                running.decrementAndGet();
                return refusal;
            }
        });
    }

    @Test
    void findsUnknownFieldsThatAreSwallowed() throws Exception {
        BrokenServer.Fault fault = new BrokenServer.Fault() {
            @Override
            public InferRequest request(InferRequest request) {
                InferRequest.Builder known =
                        request.toBuilder().clearParameters().clearInputs();
                request.getInputsList().stream()
                        .filter(input -> input.getName().equals("text"))
                        .forEach(known::addInputs);
                return known.build();
            }
        };
        finds("refuses an unknown input", fault);
        finds("refuses an unknown parameter", fault);
        finds("refuses a malformed 'limit'", fault);
    }

    @Test
    void findsAMissingInputThatIsMadeUp() throws Exception {
        finds("refuses a missing 'text'", new BrokenServer.Fault() {
            @Override
            public InferRequest request(InferRequest request) {
                return request.getInputsCount() > 0
                        ? request
                        : request.toBuilder()
                                .addInputs(Artifact.newBuilder()
                                        .setName("text")
                                        .setType("text")
                                        .setText("made up"))
                                .build();
            }
        });
    }

    @Test
    void findsATypeThatNobodyChecks() throws Exception {
        finds("refuses 'text' of the wrong type", new BrokenServer.Fault() {
            @Override
            public InferRequest request(InferRequest request) {
                InferRequest.Builder typed = request.toBuilder();
                typed.getInputsBuilderList().forEach(input -> {
                    if (input.hasJson()) {
                        input.setText(input.getJson().toString()).setType("text");
                    }
                });
                return typed.build();
            }
        });
    }

    @Test
    void findsUnknownNamesAnsweredByAnybody() throws Exception {
        BrokenServer.Fault fault = new BrokenServer.Fault() {
            @Override
            public InferRequest request(InferRequest request) {
                return request.toBuilder()
                        .setSpecialist("capitals")
                        .clearVersion()
                        .build();
            }
        };
        finds("refuses an unknown specialist", fault);
        finds("capitals: refuses an unknown version", fault);
    }

    @Test
    void findsRefusalsThatNameNoField() throws Exception {
        finds("refuses a missing 'text'", new BrokenServer.Fault() {
            @Override
            public RuntimeException refusal(RuntimeException refusal) {
                return ((StatusRuntimeException) refusal)
                        .getStatus()
                        .withDescription("bad request")
                        .asRuntimeException();
            }
        });
    }

    @Test
    void findsClassNamesInErrors() throws Exception {
        finds("refuses an unknown input", new BrokenServer.Fault() {
            @Override
            public RuntimeException refusal(RuntimeException refusal) {
                return ((StatusRuntimeException) refusal)
                        .getStatus()
                        .withDescription("java.lang.IllegalStateException: no-such-input")
                        .asRuntimeException();
            }
        });
    }

    @Test
    void findsTextsThatMakeItFail() throws Exception {
        finds("bears an empty text", new BrokenServer.Fault() {
            @Override
            public InferResponse response(InferRequest request, InferResponse response) {
                if (request.getInputs(0).getText().isEmpty()) {
                    throw Status.INTERNAL.withDescription("division by zero").asRuntimeException();
                }
                return response;
            }
        });
    }

    @Test
    void findsComputationsForCallersThatHaveGone() throws Exception {
        // Fair, so that the call that is timed can't slip in before those that were left behind.
        ReentrantLock oneAtATime = new ReentrantLock(true);
        BrokenServer.Fault deaf = new BrokenServer.Fault() {
            @Override
            public void compute() {
                oneAtATime.lock();
                try {
                    LockSupport.parkNanos(60_000_000);
                } finally {
                    oneAtATime.unlock();
                }
            }
        };
        finds("stops when the deadline has passed", deaf);
        finds("stops when the caller cancels", deaf);
    }

    private void findsInResponse(String check, Consumer<Artifact.Builder> breaking) throws Exception {
        finds(check, new BrokenServer.Fault() {
            @Override
            public InferResponse response(InferRequest request, InferResponse response) {
                InferResponse.Builder broken = response.toBuilder();
                broken.getOutputsBuilder().getArtifactsBuilderList().forEach(breaking);
                return broken.build();
            }
        });
    }

    private void finds(String check, BrokenServer.Fault fault) throws Exception {
        try (BrokenServer broken = new BrokenServer(fault)) {
            printed.reset();
            assertThat(run(broken.address())).isEqualTo(1);
            assertThat(report().lines().filter(line -> line.startsWith("FAILED")))
                    .as(report())
                    .anyMatch(line -> line.contains(check));
        }
    }

    private int run(String... arguments) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return Testkit.run(out, out, arguments);
    }

    private String report() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
