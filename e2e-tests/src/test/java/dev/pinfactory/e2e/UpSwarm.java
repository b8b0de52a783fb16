package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A process for each role with the gateway in front, started by {@code pin up --processes} as a user does, and a WireMock where its router
 * looks for a large language model. One for all test classes that leave it as it was; it ends with the last of them.
 */
final class UpSwarm {
    private static final String KEY = "up-swarm";

    /** These processes live for minutes: the second compiler would take more than it gives. */
    static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private final Path data;
    private final int gatewayPort;
    private final String registry;
    private final WireMockServer languageModel;
    private final ManagedChannel channel;
    private final HttpClient http;

    /** Gives the swarm to test methods that ask for it. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == UpSwarm.class;
        }

        @Override
        public UpSwarm resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(KEY, key -> Attempt.make(), Attempt.class)
                    .swarm();
        }
    }

    /** A swarm that can't be started is not tried again for each test. */
    private record Attempt(Optional<UpSwarm> started, Optional<IllegalStateException> failure)
            implements AutoCloseable {
        static Attempt make() {
            try {
                return new Attempt(Optional.of(start()), Optional.empty());
            } catch (IllegalStateException e) {
                return new Attempt(Optional.empty(), Optional.of(e));
            }
        }

        UpSwarm swarm() {
            return started.orElseThrow(
                    () -> new IllegalStateException("the swarm of processes can't be started", failure.orElseThrow()));
        }

        @Override
        public void close() {
            started.ifPresent(UpSwarm::close);
        }
    }

    private UpSwarm(Path data, WireMockServer languageModel, List<String> ports) throws Exception {
        this.data = data;
        this.languageModel = languageModel;
        this.gatewayPort = Integer.parseInt(ports.get(2));
        this.registry = "127.0.0.1:" + ports.get(3);
        Path certificate = data.resolve("tls/gateway.crt");
        this.channel = Grpc.newChannelBuilderForAddress(
                        "localhost",
                        gatewayPort,
                        TlsChannelCredentials.newBuilder()
                                .trustManager(certificate.toFile())
                                .build())
                .build();
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .sslContext(trusting(certificate))
                .build();
    }

    private static UpSwarm start() {
        WireMockServer languageModel =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().http2PlainDisabled(true));
        languageModel.start();
        try {
            Path data = Files.createTempDirectory("up-swarm-");
            List<String> ports = FreePorts.forProcesses();
            Command.pin(data, up(ports))
                    .with("JAVA_TOOL_OPTIONS", QUICK_START)
                    .with("PINFACTORY_ROUTER_LLM_BASEURL", languageModel.baseUrl() + "/v1")
                    .run()
                    .succeeded();
            return new UpSwarm(data, languageModel, ports);
        } catch (Exception | AssertionError e) {
            languageModel.stop();
            throw new IllegalStateException("the swarm of processes can't be started", e);
        }
    }

    /** The arguments of {@code pin up --processes} with these ports: REST, gRPC, gateway, and the first of three. */
    static String[] up(List<String> ports) {
        return new String[] {
            "up",
            "--processes",
            "--rest-port",
            ports.get(0),
            "--grpc-port",
            ports.get(1),
            "--gateway-port",
            ports.get(2),
            "--registry-port",
            ports.get(3)
        };
    }

    private static SSLContext trusting(Path certificate) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "gateway", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    Path data() {
        return data;
    }

    /** Where specialists of other processes register. */
    String registry() {
        return registry;
    }

    /** What the router takes for a large language model. */
    WireMockServer languageModel() {
        return languageModel;
    }

    int gatewayPort() {
        return gatewayPort;
    }

    /** A client that trusts the gateway. */
    HttpClient http() {
        return http;
    }

    /** A request through the gateway. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + gatewayPort + path))
                .timeout(Duration.ofSeconds(30));
    }

    /** A channel through the gateway. */
    ManagedChannel channel() {
        return channel;
    }

    SwarmServiceGrpc.SwarmServiceBlockingStub stub() {
        return SwarmServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    Command pin(String... arguments) {
        return Command.pin(data, arguments);
    }

    static TaskResult result(String json) {
        TaskResult.Builder result = TaskResult.newBuilder();
        try {
            JsonFormat.parser().merge(json, result);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("this is no TaskResult: " + json, e);
        }
        return result.build();
    }

    private void close() {
        channel.shutdownNow();
        http.close();
        assertThat(pin("down").run().succeeded().out()).contains("Stopped the gateway.", "Stopped the registry.");
        languageModel.stop();
    }
}
