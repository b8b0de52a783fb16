package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Durations;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.DeregisterRequest;
import dev.pinfactory.proto.v1.DeregisterResponse;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.KeepAliveRequest;
import dev.pinfactory.proto.v1.KeepAliveResponse;
import dev.pinfactory.proto.v1.RegisterRequest;
import dev.pinfactory.proto.v1.RegisterResponse;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.specialists.sdk.grant.Grant;
import dev.pinfactory.specialists.sdk.grant.GrantKeys;
import dev.pinfactory.specialists.sdk.grant.GrantSigner;
import dev.pinfactory.specialists.sdk.serving.GrantInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scaffold in Python does around a specialist, beyond what the testkit asks of every server: leases, grants, errors. */
class PythonServingIT {
    private static final String AWKWARD_TEXT =
            "Pins, 😀 and \"quotes\"\n\u007f \u2028 are packed with <pins> & more pins.";

    private final Channels channels = new Channels();
    private final String port = FreePorts.some(1).getFirst();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        channels.close();
    }

    @Test
    void registersAgainWhenTheLeaseIsForgottenAndWhenTheRegistryComesBack() throws IOException {
        PythonFolder python = PythonFolder.scaffolded(folder.resolve("mine"));
        int registryPort = Integer.parseInt(FreePorts.some(1).getFirst());
        Leases first = new Leases(Duration.ofMillis(300));
        Server registry = start(registryPort, first);
        try (Command.Running specialist = python.serve(port, "--registry", "127.0.0.1:" + registryPort)) {
            awaitCalls(first.registrations, 1);
            RegisterRequest request = first.registrations.getFirst();
            assertThat(request.getCards(0).getContract().getId()).isEqualTo(PythonFolder.NAME);
            assertThat(request.getEndpoint().getAddress()).isEqualTo("127.0.0.1:" + port);
            assertThat(request.getEndpoint().getCapacity()).isPositive();
            awaitCalls(first.renewals, 2);
            first.forgetful = true;
            awaitCalls(first.registrations, 2);
            assertThat(first.registrations.get(1).getEndpoint()).isEqualTo(request.getEndpoint());
            registry.shutdownNow();

            Leases second = new Leases(Duration.ofSeconds(15));
            second.forgetful = true;
            registry = start(registryPort, second);
            awaitCalls(second.registrations, 1);
            specialist.process().destroy();
            assertThat(specialist.await().exitCode()).isZero();
            assertThat(second.deregistrations).isNotEmpty();
        } finally {
            registry.shutdownNow();
        }
    }

    @Test
    void withGrantsRequiredOnlyTheSignedCallIsAnswered() throws IOException {
        PythonFolder python = PythonFolder.scaffolded(folder.resolve("mine"), "cryptography");
        KeyPair keys = GrantKeys.generate();
        Path pem = Files.writeString(folder.resolve("grants.pem"), GrantKeys.toPem(keys.getPublic()));
        InferRequest.Builder request = PythonFolder.request(AWKWARD_TEXT).toBuilder();
        request.getContextBuilder()
                .setTaskId("t-1")
                .setStep("a")
                .setTenant("local")
                .setItem(0);
        request.putParameters("limit", Value.newBuilder().setNumberValue(3).build());
        InferRequest call = request.build();
        GrantSigner signer = new GrantSigner(keys.getPrivate());
        byte[] grant = signer.sign(Grant.of(call, Instant.now().plusSeconds(60)));
        try (Command.Running specialist = python.serve(port, "--no-register", "--grant-key", pem.toString())) {
            assertThat(infer(call, grant).hasOutputs()).isTrue();
            assertThat(infer(call, grant).hasOutputs()).isTrue();
            denied(call, new byte[0], "no grant");
            denied(call, "a.b".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "no compact JWS");
            denied(call, signer.sign(Grant.of(call, Instant.now().minusSeconds(60))), "expired");
            denied(
                    call,
                    new GrantSigner(GrantKeys.generate().getPrivate())
                            .sign(Grant.of(call, Instant.now().plusSeconds(60))),
                    "signature");
            request.getInputsBuilder(0).setText("swapped");
            denied(request.build(), grant, "another call");
            denied(
                    call.toBuilder()
                            .putParameters(
                                    "limit",
                                    Value.newBuilder().setNumberValue(4).build())
                            .build(),
                    grant,
                    "another call");
            InferRequest.Builder otherItem = call.toBuilder();
            otherItem.getContextBuilder().clearItem();
            denied(otherItem.build(), grant, "another call");
            assertThat(specialist.process().isAlive()).isTrue();
        }
    }

    @Test
    void digestsOfNumbersAndNamesAreThoseOfTheSdk() throws IOException {
        PythonFolder python = PythonFolder.scaffolded(folder.resolve("mine"));
        Struct.Builder record = Struct.newBuilder();
        double[] numbers = {
            0,
            -0.0,
            1,
            -1.5,
            0.1,
            1e21,
            1e20,
            123456789012345680000d,
            1e-6,
            1e-7,
            5e-324,
            1.7976931348623157e308,
            333333333.33333329,
            -1234.5e-9,
            9007199254740993d,
            4.35,
            100
        };
        for (double number : numbers) {
            record.putFields(
                    "n" + number, Value.newBuilder().setNumberValue(number).build());
        }
        for (String name : List.of("\uFB33", "😀", "\u0080", "ö", "\r", "1", "</script>", "")) {
            record.putFields(
                    name,
                    Value.newBuilder().setStringValue(name + "\b\f\u000b\"\\/").build());
        }
        record.putFields("none", Value.newBuilder().setNullValueValue(0).build());
        Artifact artifact = Artifact.newBuilder()
                .setName("record")
                .setType("record")
                .setConfidence(0.3)
                .setJson(Value.newBuilder().setStructValue(record))
                .build();
        Path file = Files.write(folder.resolve("artifact.bin"), artifact.toByteArray());
        String program = "import sys; from pinfactory.grants import digest; from pinfactory.messages import Artifact;"
                + " print(digest(Artifact.FromString(open(sys.argv[1], 'rb').read())))";
        assertThat(python.run("-c", program, file.toString()).succeeded().out().strip())
                .isEqualTo(Digests.of(artifact));
    }

    @Test
    void errorsAreOfTheCatalogueAndShowNothingOfTheInput() throws IOException {
        PythonFolder python = PythonFolder.scaffolded(folder.resolve("mine"));
        change(python, """
                    if "secret" in call.text("text"):
                        raise KeyError(call.text("text"))
                    if "wrong" in call.text("text"):
                        return {"terms": pinfactory.Output({"columns": 1}, 2)}
                """);
        try (Command.Running specialist = python.serve(port, "--no-register")) {
            PinfactoryException failed = refused(PythonFolder.request("a secret"));
            assertThat(failed.code()).isEqualTo(ErrorCode.SPECIALIST_FAILED);
            assertThat(failed.getMessage()).doesNotContain("secret");
            PinfactoryException broken = refused(PythonFolder.request("a wrong answer"));
            assertThat(broken.code()).isEqualTo(ErrorCode.SPECIALIST_OUTPUT_INVALID);
            assertThat(broken.getMessage()).contains("outputs[terms]");
            PinfactoryException refused = refused(PythonFolder.request("x").toBuilder()
                    .putParameters(
                            "limit", Value.newBuilder().setNumberValue(1.5).build())
                    .addInputs(Artifact.newBuilder().setName("ö").setText("y"))
                    .build());
            assertThat(refused.code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
            assertThat(refused.violations())
                    .extracting(violation -> violation.field())
                    .containsExactly("inputs[ö]", "parameters[limit]");
            assertThat(specialist.printed()).contains("KeyError").doesNotContain("a secret");
        }
    }

    @Test
    void oneTooManyIsToldToComeBackAndTheLastIsFinishedAfterSigterm() throws Exception {
        PythonFolder python = PythonFolder.scaffolded(folder.resolve("mine"));
        Path release = folder.resolve("release");
        change(python, """
                    import os, time
                    while call.text("text") == "slow" and not os.path.exists("%s"):
                        time.sleep(0.02)
                """.formatted(release));
        try (Command.Running specialist = python.serve(port, "--no-register", "--workers", "1", "--queue", "1")) {
            InferRequest slow = PythonFolder.request("slow");
            List<Future<InferResponse>> taken = List.of(start(slow), start(slow));
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                PinfactoryException refused = refused(slow, Duration.ofMillis(300));
                assertThat(refused.code()).isEqualTo(ErrorCode.SPECIALIST_OVERLOADED);
                assertThat(refused.retryAfter()).isPresent();
            });
            specialist.process().destroy();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> specialist.printed().contains("draining"));
            Files.createFile(release);
            for (Future<InferResponse> call : taken) {
                assertThat(call.get(10, TimeUnit.SECONDS).hasOutputs()).isTrue();
            }
            assertThat(specialist.await().exitCode()).isZero();
        }
    }

    @Test
    void refusesToStartWhereAnybodyCouldCallGrantsCannotBeCheckedOrItsSamplesFail() throws IOException {
        PythonFolder python = PythonFolder.scaffolded(folder.resolve("mine"));
        Command.Answer open = python.run("specialist.py", "--address", "0.0.0.0:0");
        assertThat(open.exitCode()).isEqualTo(1);
        assertThat(open.err()).contains("nothing authenticates callers");
        Files.writeString(python.path().resolve("cryptography.py"), "raise ImportError");
        Command.Answer unchecked = python.run("specialist.py", "--grant-key", "grants.pem");
        assertThat(unchecked.exitCode()).isEqualTo(1);
        assertThat(unchecked.err()).contains("grants are required and can't be checked");
        Files.writeString(python.path().resolve("samples.json"), "[{\"parameters\": {\"limit\": 1}}]");
        Command.Answer broken = python.run("specialist.py", "--no-register");
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.err()).contains("samples[0]", "inputs[text] is required");
    }

    private InferResponse infer(InferRequest request, byte[] grant) {
        Metadata metadata = new Metadata();
        if (grant.length > 0) {
            metadata.put(GrantInterceptor.GRANT, grant);
        }
        return SpecialistServiceGrpc.newBlockingStub(channels.channel("127.0.0.1:" + port))
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .infer(request);
    }

    private Future<InferResponse> start(InferRequest request) {
        return SpecialistServiceGrpc.newFutureStub(channels.channel("127.0.0.1:" + port))
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .infer(request);
    }

    /** Puts lines at the begin of the specialist's function. */
    private static void change(PythonFolder python, String lines) throws IOException {
        Path code = python.path().resolve("specialist.py");
        String before = Files.readString(code);
        String head = "def infer(call):\n";
        assertThat(before).contains(head);
        Files.writeString(code, before.replace(head, head + lines));
    }

    private PinfactoryException refused(InferRequest request) {
        return refused(request, Duration.ofSeconds(20));
    }

    private PinfactoryException refused(InferRequest request, Duration deadline) {
        try {
            InferResponse answer = SpecialistServiceGrpc.newBlockingStub(channels.channel("127.0.0.1:" + port))
                    .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .infer(request);
            throw new AssertionError("was answered: " + answer);
        } catch (StatusRuntimeException e) {
            return Errors.fromGrpc(e);
        }
    }

    private void denied(InferRequest request, byte[] grant, String reason) {
        assertThatThrownBy(() -> infer(request, grant)).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            assertThat(Errors.fromGrpc(e).code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
            assertThat(e.getStatus().getDescription()).contains(reason);
        });
    }

    private static void awaitCalls(List<?> calls, int atLeast) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> calls.size() >= atLeast);
    }

    private static Server start(int port, Leases leases) throws IOException {
        return Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                .addService(leases)
                .build()
                .start();
    }

    /** A registry that grants leases, and may have forgotten those that it did not grant or that are older than the last registration. */
    private static final class Leases extends RegistryServiceGrpc.RegistryServiceImplBase {
        final List<RegisterRequest> registrations = new CopyOnWriteArrayList<>();
        final List<String> renewals = new CopyOnWriteArrayList<>();
        final List<String> deregistrations = new CopyOnWriteArrayList<>();
        volatile boolean forgetful;
        private final Duration lease;

        Leases(Duration lease) {
            this.lease = lease;
        }

        @Override
        public void register(RegisterRequest request, StreamObserver<RegisterResponse> observer) {
            forgetful = false;
            registrations.add(request);
            observer.onNext(RegisterResponse.newBuilder()
                    .setLeaseId("lease-" + registrations.size())
                    .setLease(Durations.fromMillis(lease.toMillis()))
                    .build());
            observer.onCompleted();
        }

        @Override
        public void keepAlive(KeepAliveRequest request, StreamObserver<KeepAliveResponse> observer) {
            if (forgetful) {
                observer.onError(Status.NOT_FOUND.asRuntimeException());
                return;
            }
            renewals.add(request.getLeaseId());
            observer.onNext(KeepAliveResponse.newBuilder()
                    .setLease(Durations.fromMillis(lease.toMillis()))
                    .build());
            observer.onCompleted();
        }

        @Override
        public void deregister(DeregisterRequest request, StreamObserver<DeregisterResponse> observer) {
            deregistrations.add(request.getLeaseId());
            observer.onNext(DeregisterResponse.getDefaultInstance());
            observer.onCompleted();
        }
    }
}
