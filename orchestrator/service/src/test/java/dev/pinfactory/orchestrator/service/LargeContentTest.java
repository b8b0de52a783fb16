package dev.pinfactory.orchestrator.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.pinfactory.orchestrator.service.testing.Plans;
import dev.pinfactory.orchestrator.service.testing.WithSwarm;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.*;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.sdk.serving.Definition;
import dev.pinfactory.specialists.sdk.serving.GrantCheck;
import dev.pinfactory.specialists.sdk.serving.ServingSettings;
import dev.pinfactory.specialists.sdk.serving.SpecialistGrpcService;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Content above 256 KiB between the orchestrator and a specialist of the SDK: by reference, fetched within the call. */
class LargeContentTest extends WithSwarm {
    private static final int MIB = 1024 * 1024;
    private static final Contract DIGESTER = Plans.contract("digester").toBuilder()
            .setInputs(0, port("document", "document"))
            .build();

    static Specialists specialists;
    static final AtomicInteger BY_REFERENCE = new AtomicInteger();
    static final AtomicInteger INLINE = new AtomicInteger();

    @BeforeAll
    static void serveSpecialists() throws Exception {
        SpecialistModel digests =
                batch -> batch.stream().map(LargeContentTest::digestOfDocument).toList();
        SpecialistModel echoes = batch -> batch.stream()
                .map(inference -> text(inference.inputs().get("text").getText()))
                .toList();
        specialists = Specialists.load(
                List.of(
                        Definition.of(card(DIGESTER), digests, List.of()),
                        Definition.of(card(Plans.contract("echo")), echoes, List.of())),
                ServingSettings.defaults(),
                new SimpleMeterRegistry());
        String address = swarm.listen(new Counting());
        swarm.register(DIGESTER, address);
        swarm.register(Plans.contract("echo"), address);
    }

    @AfterAll
    static void stopSpecialists() {
        specialists.close();
    }

    @Test
    void anUploadOfTenMebibytesReachesTheModel() throws Exception {
        reaches(10 * MIB);
    }

    /** More than a message carries. */
    @Test
    void anUploadOfFortyMebibytesReachesTheModel() throws Exception {
        reaches(40 * MIB);
    }

    private static void reaches(int size) throws Exception {
        byte[] document = bytes(size);
        ContentRef ref = upload(document);
        int inline = INLINE.get();
        long start = System.nanoTime();
        TaskResult result = run(Plans.chain(DIGESTER), document(b -> b.setRef(ref)));
        System.out.printf("%d MiB by reference: task took %d ms%n", size / MIB, millisSince(start));
        assertThat(text(result)).as(result.toString()).isEqualTo(Digests.of(document));
        assertThat(INLINE.get()).isEqualTo(inline);
    }

    @Test
    void whatCameInlineGoesByReferenceTooAboveTheThreshold() {
        byte[] document = bytes(3 * MIB);
        int before = BY_REFERENCE.get();
        TaskResult result = run(Plans.chain(DIGESTER), document(b -> b.setData(ByteString.copyFrom(document))));
        assertThat(text(result)).as(result.toString()).isEqualTo(Digests.of(document));
        assertThat(BY_REFERENCE.get()).isEqualTo(before + 1);
    }

    @Test
    void whatIsSmallIsSentWithTheCall() throws Exception {
        byte[] document = bytes(200 * 1024);
        ContentRef ref = upload(document);
        int before = INLINE.get();
        TaskResult result = run(Plans.chain(DIGESTER), document(b -> b.setRef(ref)));
        assertThat(text(result)).as(result.toString()).isEqualTo(Digests.of(document));
        assertThat(INLINE.get()).isEqualTo(before + 1);
    }

    /** One step's large output is the next one's input: it is not stored anywhere, and travels by reference all the same. */
    @Test
    void aStepsLargeTextReachesTheNextStep() {
        String text = "pins and needles ".repeat(60_000);
        swarm.specialists().does("first", request -> text);
        int before = BY_REFERENCE.get();
        TaskResult result = run(Plans.chain("first", "echo"), Plans.task("x"));
        assertThat(text(result)).isEqualTo(text);
        assertThat(BY_REFERENCE.get()).isEqualTo(before + 1);
    }

    @Test
    void aSpecialistWithoutReferencesGetsTheContentInline() {
        String text = "pins and needles ".repeat(60_000);
        swarm.specialists().does("first", request -> text);
        swarm.specialists().does("second", request -> request.getInputs(0).getText());
        assertThat(text(run(Plans.chain("first", "second"), Plans.task("x")))).isEqualTo(text);
    }

    @Test
    void cancellingEndsACallInTheMiddleOfItsContent() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        String address = swarm.listen(new SpecialistServiceGrpc.SpecialistServiceImplBase() {
            @Override
            public StreamObserver<InferByReferenceRequest> inferByReference(
                    StreamObserver<InferByReferenceResponse> observer) {
                io.grpc.Context.current().addListener(context -> cancelled.countDown(), Runnable::run);
                // Asks and never takes what comes, so that the sender waits for the connection.
                ((io.grpc.stub.ServerCallStreamObserver<?>) observer).disableAutoRequest();
                ((io.grpc.stub.ServerCallStreamObserver<?>) observer).request(1);
                return new StreamObserver<>() {
                    @Override
                    public void onNext(InferByReferenceRequest part) {
                        observer.onNext(InferByReferenceResponse.newBuilder()
                                .setWanted(WantedContent.newBuilder()
                                        .setDigest(part.getCall()
                                                .getInputs(0)
                                                .getRef()
                                                .getDigest()))
                                .build());
                        asked.countDown();
                    }

                    @Override
                    public void onError(Throwable failure) {}

                    @Override
                    public void onCompleted() {}
                };
            }
        });
        swarm.register(DIGESTER.toBuilder().setId("sloth").build(), address);
        ContentRef ref = upload(bytes(10 * MIB));
        String taskId = swarm.client()
                .submitTask(SubmitTaskRequest.newBuilder()
                        .setTask(document(b -> b.setRef(ref)).toBuilder()
                                .setPlan(Plans.chain(
                                        DIGESTER.toBuilder().setId("sloth").build())))
                        .build())
                .getTaskId();
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        swarm.client()
                .cancelTask(CancelTaskRequest.newBuilder().setTaskId(taskId).build());
        assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
    }

    /** The SDK's service, counting how it is called. */
    private static final class Counting extends SpecialistServiceGrpc.SpecialistServiceImplBase {
        private final SpecialistGrpcService service = new SpecialistGrpcService(specialists, GrantCheck.none());

        @Override
        public void infer(InferRequest request, StreamObserver<InferResponse> observer) {
            INLINE.incrementAndGet();
            service.infer(request, observer);
        }

        @Override
        public StreamObserver<InferByReferenceRequest> inferByReference(
                StreamObserver<InferByReferenceResponse> observer) {
            BY_REFERENCE.incrementAndGet();
            return service.inferByReference(observer);
        }
    }

    private static InferenceResult digestOfDocument(Inference inference) {
        return text(Digests.of(inference.inputs().get("document").getData().toByteArray()));
    }

    private static InferenceResult text(String text) {
        return InferenceResult.answered(Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setText(text)
                .setConfidence(0.9)
                .build());
    }

    private static Port port(String name, String type) {
        return Port.newBuilder()
                .setName(name)
                .setType(type)
                .setCardinality(Port.Cardinality.ONE)
                .build();
    }

    private static Card card(Contract contract) {
        return Card.newBuilder()
                .setContract(contract)
                .setVersion(Version.newBuilder().setNumber("1.0.0"))
                .build();
    }

    private static Task document(java.util.function.UnaryOperator<Artifact.Builder> content) {
        return Task.newBuilder()
                .setInstruction("digest this note")
                .addInputs(content.apply(Artifact.newBuilder()
                        .setName("note")
                        .setType("document")
                        .setMediaType("application/x-note")))
                .build();
    }

    private static TaskResult run(Plan plan, Task task) {
        return swarm.client()
                .withDeadlineAfter(Duration.ofSeconds(60))
                .runTask(RunTaskRequest.newBuilder()
                        .setTask(task.toBuilder().setPlan(plan))
                        .build())
                .getResult();
    }

    private static String text(TaskResult result) {
        return result.getOutput().getStructValue().getFieldsOrThrow("text").getStringValue();
    }

    private static ContentRef upload(byte[] bytes) throws Exception {
        return swarm.upload("application/x-note", bytes);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
