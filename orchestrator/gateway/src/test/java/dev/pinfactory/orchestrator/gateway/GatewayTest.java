package dev.pinfactory.orchestrator.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.GetTaskRequest;
import dev.pinfactory.proto.v1.GetTaskResponse;
import dev.pinfactory.proto.v1.StreamTaskRequest;
import dev.pinfactory.proto.v1.StreamTaskResponse;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Through the real gateway with TLS, to a real gRPC server and a WireMock in the orchestrator's place. */
class GatewayTest {
    private static final int LIMIT = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path data;

    private static final FakeSwarm SWARM = new FakeSwarm();
    private static final WireMockServer REST =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().http2PlainDisabled(true));
    private static Server grpcServer;
    private static ConfigurableApplicationContext gateway;

    /** Stopped with the first one: closing a context disposes the event loops that they share. */
    private static final List<ConfigurableApplicationContext> MORE = new ArrayList<>();

    private static ManagedChannel channel;
    private static HttpClient http;
    private static String url;

    /** A swarm that answers by the task's id. */
    static final class FakeSwarm extends SwarmServiceGrpc.SwarmServiceImplBase {
        final BlockingQueue<Long> deadlines = new LinkedBlockingQueue<>();
        final CountDownLatch cancelled = new CountDownLatch(1);

        @Override
        public void getTask(GetTaskRequest request, StreamObserver<GetTaskResponse> answer) {
            if (request.getTaskId().equals("none")) {
                answer.onError(Errors.toGrpc(new PinfactoryException(
                        ErrorCode.NOT_FOUND,
                        "there is no task 'none'",
                        List.of(new FieldViolation("task_id", "unknown")))));
                return;
            }
            if (Context.current().getDeadline() != null) {
                deadlines.add(Context.current().getDeadline().timeRemaining(TimeUnit.MILLISECONDS));
            }
            answer.onNext(GetTaskResponse.newBuilder()
                    .setResult(TaskResult.newBuilder().setTaskId(request.getTaskId()))
                    .build());
            answer.onCompleted();
        }

        @Override
        public void streamTask(StreamTaskRequest request, StreamObserver<StreamTaskResponse> answer) {
            answer.onNext(event(1));
            switch (request.getTask().getInstruction()) {
                case "fail later" ->
                    answer.onError(Status.UNAVAILABLE.withDescription("gone").asRuntimeException());
                case "go on" ->
                    ((ServerCallStreamObserver<StreamTaskResponse>) answer).setOnCancelHandler(cancelled::countDown);
                default -> {
                    answer.onNext(event(2));
                    answer.onCompleted();
                }
            }
        }

        private static StreamTaskResponse event(long sequence) {
            return StreamTaskResponse.newBuilder()
                    .setEvent(TaskEvent.newBuilder().setSequence(sequence))
                    .build();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        grpcServer = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(SWARM)
                .build()
                .start();
        REST.start();
        gateway = GatewayApplication.builder()
                .run(
                        "--server.port=0",
                        "--pinfactory.data-dir=" + data,
                        "--pinfactory.gateway.rest=http://127.0.0.1:" + REST.port(),
                        "--pinfactory.gateway.grpc=http://127.0.0.1:" + grpcServer.getPort(),
                        "--pinfactory.gateway.max-body=" + LIMIT + "B");
        int port = Integer.parseInt(gateway.getEnvironment().getRequiredProperty("local.server.port"));
        url = "https://localhost:" + port;
        Path certificate = data.resolve("tls/gateway.crt");
        channel = Grpc.newChannelBuilderForAddress(
                        "localhost",
                        port,
                        TlsChannelCredentials.newBuilder()
                                .trustManager(certificate.toFile())
                                .build())
                .build();
        http = HttpClient.newBuilder().sslContext(trusting(certificate)).build();
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null);
        try (var in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "gateway", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @BeforeEach
    void forgetRequests() {
        REST.resetAll();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        gateway.close();
        MORE.forEach(ConfigurableApplicationContext::close);
        REST.stop();
        grpcServer.shutdownNow();
    }

    private static SwarmServiceGrpc.SwarmServiceBlockingStub stub() {
        return SwarmServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void grpcCallPassesWithItsDeadline() throws Exception {
        GetTaskResponse response =
                stub().getTask(GetTaskRequest.newBuilder().setTaskId("t1").build());

        assertThat(response.getResult().getTaskId()).isEqualTo("t1");
        assertThat(SWARM.deadlines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isPositive()
                .isLessThanOrEqualTo(PATIENCE.toMillis());
    }

    @Test
    void grpcErrorKeepsItsDetails() {
        StatusRuntimeException failure = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> stub().getTask(
                                GetTaskRequest.newBuilder().setTaskId("none").build()));

        PinfactoryException error = Errors.fromGrpc(failure);
        assertThat(error.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(error.violations()).containsExactly(new FieldViolation("task_id", "unknown"));
    }

    @Test
    void grpcStreamPassesMessageByMessage() {
        var events = stub().streamTask(StreamTaskRequest.getDefaultInstance());

        assertThat(events.next().getEvent().getSequence()).isEqualTo(1);
        assertThat(events.next().getEvent().getSequence()).isEqualTo(2);
        assertThat(events.hasNext()).isFalse();
    }

    @Test
    void grpcErrorAfterAMessageIsStillAnError() {
        var request = StreamTaskRequest.newBuilder();
        request.getTaskBuilder().setInstruction("fail later");
        var events = stub().streamTask(request.build());

        assertThat(events.next().getEvent().getSequence()).isEqualTo(1);
        assertThatThrownBy(events::hasNext)
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("UNAVAILABLE: gone");
    }

    @Test
    void cancellingAGrpcCallReachesTheSwarm() throws Exception {
        var request = StreamTaskRequest.newBuilder();
        request.getTaskBuilder().setInstruction("go on");
        try (Context.CancellableContext context = Context.current().withCancellation()) {
            context.run(() -> assertThat(
                            stub().streamTask(request.build()).next().getEvent().getSequence())
                    .isEqualTo(1));
        }

        assertThat(SWARM.cancelled.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void restPassesWithTheTokenUntouchedAndNoTrustHeaders() throws Exception {
        REST.stubFor(
                get(urlEqualTo("/v1/tasks?pageSize=2")).willReturn(aResponse().withBody("{}")));

        HttpResponse<String> response = http.send(
                request("/v1/tasks?pageSize=2")
                        .header("Authorization", "Bearer abc")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        REST.verify(getRequestedFor(urlPathEqualTo("/v1/tasks"))
                .withHeader("Authorization", com.github.tomakehurst.wiremock.client.WireMock.equalTo("Bearer abc"))
                .withoutHeader("X-Forwarded-For")
                .withoutHeader("Forwarded"));
    }

    @Test
    void serverSentEventsAreStreamed() throws Exception {
        REST.stubFor(get(urlEqualTo("/v1/tasks/t/events"))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "text/event-stream")
                        .withBody("id: 1\ndata: a\n\nid: 2\ndata: b\n\n")
                        .withChunkedDribbleDelay(2, 600)));
        var response = http.send(request("/v1/tasks/t/events").build(), HttpResponse.BodyHandlers.ofInputStream());
        long begin = System.nanoTime();
        try (var lines = new BufferedReader(new InputStreamReader(response.body()))) {
            assertThat(lines.readLine()).isEqualTo("id: 1");
            long first = System.nanoTime() - begin;
            while (lines.readLine() != null) {
                // to the end
            }
            assertThat(System.nanoTime() - begin).isGreaterThan(first);
        }
    }

    @Test
    void unknownPathIsAProblem() throws Exception {
        HttpResponse<String> response =
                http.send(request("/actuator/env").build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains("\"code\":\"NOT_FOUND\"");
    }

    /** HTTP/2 clients, such as Java's, look at an answer only when they have sent everything or are told to stop. */
    @Test
    void whoeverIsRefusedNeedNotSendTheRest() throws Exception {
        Flow.Publisher<ByteBuffer> neverEnds = subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            private boolean sent;

            @Override
            public void request(long count) {
                if (!sent) {
                    sent = true;
                    subscriber.onNext(ByteBuffer.allocate(LIMIT + 1));
                }
            }

            @Override
            public void cancel() {
                // There is nothing more to come.
            }
        });
        List<HttpRequest.BodyPublisher> bodies = List.of(
                HttpRequest.BodyPublishers.fromPublisher(neverEnds),
                HttpRequest.BodyPublishers.fromPublisher(neverEnds, 1L << 30));

        for (HttpRequest.BodyPublisher body : bodies) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(url + "/v1/tasks"))
                            .timeout(PATIENCE)
                            .POST(body)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("TOO_LARGE");
        }
    }

    @Test
    void bodyAboveTheLimitIsRefusedAnnouncedOrNot() throws Exception {
        REST.stubFor(post(anyUrl()).willReturn(aResponse()));
        byte[] large = new byte[LIMIT + 1];

        HttpResponse<String> announced = http.send(
                request("/v1/tasks")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(large))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> streamed = http.send(
                request("/v1/tasks")
                        .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(large)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(streamed.statusCode()).isEqualTo(413);
        assertThat(streamed.body()).contains("TOO_LARGE");
    }

    @Test
    void swarmThatIsAwayIsUnavailableInBothProtocols() throws Exception {
        int port = another("http://127.0.0.1:1", "http://127.0.0.1:1");
        ManagedChannel toAway = Grpc.newChannelBuilderForAddress(
                        "localhost",
                        port,
                        TlsChannelCredentials.newBuilder()
                                .trustManager(data.resolve("tls/gateway.crt").toFile())
                                .build())
                .build();
        try {
            assertThatThrownBy(() -> SwarmServiceGrpc.newBlockingStub(toAway)
                            .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .getTask(GetTaskRequest.getDefaultInstance()))
                    .hasMessageContaining("UNAVAILABLE: the swarm can't be reached");
        } finally {
            toAway.shutdownNow();
        }
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/v1/tasks"))
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(503);
    }

    /** A caller who waits for a task and closes the connection: the orchestrator has to see that, because it cancels the task then. */
    @Test
    void hangingUpReachesTheSwarm() throws Exception {
        try (ServerSocket swarm = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            swarm.setSoTimeout((int) PATIENCE.toMillis());
            int port = another("http://127.0.0.1:" + swarm.getLocalPort(), "http://127.0.0.1:1");
            CompletableFuture<HttpResponse<String>> call = http.sendAsync(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/v1/tasks"))
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            try (Socket forwarded = swarm.accept()) {
                forwarded.setSoTimeout((int) PATIENCE.toMillis());
                InputStream in = forwarded.getInputStream();
                StringBuilder request = new StringBuilder();
                while (!request.toString().endsWith("\r\n\r\n{}")) {
                    request.append((char) in.read());
                }
                call.cancel(true);
                assertThat(in.read()).isEqualTo(-1);
            }
        }
    }

    /** With HTTP/2's own windows an upload waits for the gateway after every 64 KiB. Frames as in RFC 9113, section 4.1. */
    @Test
    void windowsForUploadsAreWide() throws Exception {
        SSLSocket socket = (SSLSocket) trusting(data.resolve("tls/gateway.crt"))
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
        try (socket) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            byte[] emptySettings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
            // GET https://localhost/, in indexed headers.
            byte[] getHeaders = {0, 0, 14, 1, 5, 0, 0, 0, 1, (byte) 0x82, (byte) 0x87, (byte) 0x84, 0x41, 9};
            OutputStream out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(emptySettings);
            out.write(getHeaders);
            out.write("localhost".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int window = GatewayConfiguration.UPLOAD_WINDOW_BYTES;
            int stream = 65_535;
            int connection = 65_535;
            while (stream < window || connection <= window) {
                int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
                int type = in.readUnsignedByte();
                in.readUnsignedByte();
                int streamId = in.readInt();
                ByteBuffer payload = ByteBuffer.wrap(in.readNBytes(length));
                while (type == 4 && payload.hasRemaining()) {
                    int setting = payload.getShort();
                    int value = payload.getInt();
                    stream = setting == 4 ? value : stream;
                }
                if (type == 8 && streamId == 0) {
                    connection += payload.getInt();
                }
            }
            assertThat(stream).isEqualTo(window);
            assertThat(connection).isLessThanOrEqualTo(2 * window);
        }
    }

    private static int another(String rest, String grpc) {
        ConfigurableApplicationContext context = GatewayApplication.builder()
                .run(
                        "--server.port=0",
                        "--pinfactory.data-dir=" + data,
                        "--pinfactory.gateway.rest=" + rest,
                        "--pinfactory.gateway.grpc=" + grpc);
        MORE.add(context);
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Test
    void anotherAddressThanLoopbackNeedsACertificate() {
        assertThatThrownBy(() -> GatewayApplication.builder().run("--server.port=0", "--server.address=0.0.0.0"))
                .hasMessageContaining("pinfactory.gateway.certificate");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    }
}
