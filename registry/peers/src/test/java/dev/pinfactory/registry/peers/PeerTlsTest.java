package dev.pinfactory.registry.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.registry.client.Channels;
import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real certificates over real sockets. */
class PeerTlsTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();
    private static final Duration RELOAD = Duration.ofMillis(100);

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicInteger ran = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private PeerTls tls(String name, TestAuthority.Issued issued, TestAuthority trusted) throws Exception {
        Path files = folder.resolve(name);
        issued.write(files, trusted);
        return tls(files);
    }

    private PeerTls tls(Path files) {
        PeerTls tls = new PeerTls(
                files.resolve("certificate.pem"),
                files.resolve("key.pem"),
                files.resolve("authorities.pem"),
                "acme",
                RELOAD);
        open.add(tls);
        return tls;
    }

    private String serve(PeerTls tls) throws Exception {
        Server server = Grpc.newServerBuilderForPort(
                        0,
                        TlsServerCredentials.newBuilder()
                                .keyManager(tls.keyManager())
                                .trustManager(tls.trustManager())
                                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                                .build())
                .intercept(new PeerInterceptor(tls))
                .addService(new SpecialistServiceGrpc.SpecialistServiceImplBase() {
                    @Override
                    public void infer(InferRequest request, StreamObserver<InferResponse> observer) {
                        ran.incrementAndGet();
                        observer.onNext(InferResponse.getDefaultInstance());
                        observer.onCompleted();
                    }
                })
                .build()
                .start();
        open.add(server::shutdownNow);
        return "127.0.0.1:" + server.getPort();
    }

    private Status.Code call(Channels channels, String address) {
        try {
            SpecialistServiceGrpc.newBlockingStub(channels.channel(address))
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .infer(InferRequest.getDefaultInstance());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private Status.Code callOnce(PeerTls tls, String address) {
        try (Channels channels = PeerTls.channels(tls)) {
            return call(channels, address);
        }
    }

    @Test
    void anOrchestratorReachesASpecialist() throws Exception {
        String address = serve(tls("host", AUTHORITY.issue("spiffe://acme/host"), AUTHORITY));
        PeerTls orchestrator = tls("orchestrator", AUTHORITY.issue("spiffe://acme/orchestrator"), AUTHORITY);
        assertThat(callOnce(orchestrator, address)).isEqualTo(Status.Code.OK);
        assertThat(ran).hasValue(1);
    }

    @Test
    void nobodyElseReachesASpecialist() throws Exception {
        String address = serve(tls("host", AUTHORITY.issue("spiffe://acme/host"), AUTHORITY));
        assertThat(callOnce(null, address)).as("plain text").isEqualTo(Status.Code.UNAVAILABLE);
        PeerTls specialist = tls("other", AUTHORITY.issue("spiffe://acme/specialist/other"), AUTHORITY);
        assertThat(callOnce(specialist, address)).as("another specialist").isEqualTo(Status.Code.PERMISSION_DENIED);
        PeerTls router = tls("router", AUTHORITY.issue("spiffe://acme/router"), AUTHORITY);
        assertThat(callOnce(router, address)).as("a router").isEqualTo(Status.Code.PERMISSION_DENIED);
        PeerTls foreign = tls("foreign", new TestAuthority().issue("spiffe://acme/orchestrator"), AUTHORITY);
        assertThat(callOnce(foreign, address)).as("another authority").isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(ran).hasValue(0);
    }

    @Test
    void aCertificateThatNamesNobodyOfTheDomainDoesNotStart() {
        Map<String, TestAuthority.Issued> bad = Map.of(
                "domain", AUTHORITY.issue("spiffe://other/orchestrator"),
                "two", AUTHORITY.issue("spiffe://acme/orchestrator", "spiffe://acme/router"),
                "authority",
                        AUTHORITY.issue(
                                List.of("spiffe://acme/orchestrator"),
                                true,
                                Instant.now().plusSeconds(60)),
                "none", AUTHORITY.issue());
        bad.forEach((name, issued) -> assertThatThrownBy(() -> tls(name, issued, AUTHORITY))
                .as(name)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pinfactory.tls"));
        assertThatThrownBy(() -> tls(folder.resolve("absent")))
                .hasMessageContaining("pinfactory.tls: authorities: ")
                .hasMessageContaining("can't be read");
    }

    @Test
    void nothingLeavesForAServerOfAnotherRole() throws Exception {
        PeerTls orchestrator = tls("orchestrator", AUTHORITY.issue("spiffe://acme/orchestrator"), AUTHORITY);
        String router = serve(tls("router", AUTHORITY.issue("spiffe://acme/router"), AUTHORITY));
        assertThat(callOnce(orchestrator, router)).isEqualTo(Status.Code.UNAVAILABLE);
        String foreign = serve(tls("foreign", new TestAuthority().issue("spiffe://acme/host"), AUTHORITY));
        assertThat(callOnce(orchestrator, foreign)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(ran).hasValue(0);
    }

    @Test
    void filesThatDoNotBelongTogetherAreNotTaken() throws Exception {
        Path files = folder.resolve("host");
        AUTHORITY.issue("spiffe://acme/host").write(files, AUTHORITY);
        byte[] other = Files.readAllBytes(files.resolve("key.pem"));
        AUTHORITY.issue("spiffe://acme/host").write(files, AUTHORITY);
        String address = serve(tls(files));
        Files.write(files.resolve("key.pem"), other);
        assertThatThrownBy(() -> tls(files)).hasMessageContaining("private-key is not that of certificate");
        PeerTls orchestrator = tls("orchestrator", AUTHORITY.issue("spiffe://acme/orchestrator"), AUTHORITY);
        await().during(Duration.ofMillis(500)).until(() -> callOnce(orchestrator, address) == Status.Code.OK);
    }

    @Test
    void newFilesAreTakenWithoutARestart() throws Exception {
        TestAuthority next = new TestAuthority();
        Path files = folder.resolve("host");
        AUTHORITY.issue("spiffe://acme/host").write(files, AUTHORITY);
        String address = serve(tls(files));
        PeerTls ofNext = tls("next", next.issue("spiffe://acme/orchestrator"), next);
        assertThat(callOnce(ofNext, address)).isEqualTo(Status.Code.UNAVAILABLE);
        next.issue("spiffe://acme/host").write(files, next);
        await().atMost(Duration.ofSeconds(20)).until(() -> callOnce(ofNext, address) == Status.Code.OK);
    }
}
