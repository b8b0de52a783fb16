package dev.pinfactory.specialists.adapters;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.specialists.adapters.openai.TestingChat;
import dev.pinfactory.specialists.adapters.server.AdaptedModel;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;

/** Servers that take calls over TLS from clients with a certificate alone. */
class ServerTlsTest {
    @TempDir
    static Path made;

    private static TestingCertificates certificates;

    @TempDir
    Path directory;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new TestingCertificates(made);
    }

    @Test
    void openInferenceShowsTheCertificateOfItsBundle() throws Exception {
        try (TestingModelServer server = new TestingModelServer(mutual())) {
            TestingFolder.write(directory, server.address(), "  tls: known\n");
            answers("length");
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void openInferenceIsRefusedWithoutACertificate() throws Exception {
        try (TestingModelServer server = new TestingModelServer(mutual())) {
            TestingFolder.write(directory, server.address(), "  tls: nameless\n");
            isUnavailable("length");
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void openInferenceDoesNotAskAServerThatTheJvmDoesNotTrust() throws Exception {
        try (TestingModelServer server = new TestingModelServer(TlsServerCredentials.newBuilder()
                .keyManager(certificates.keyManagers("server"))
                .build())) {
            TestingFolder.write(directory, server.address(), "  tls: true\n");
            isUnavailable("length");
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void openAiShowsTheCertificateOfItsBundle() throws Exception {
        try (TestingChat chat = mutualChat()) {
            chat.write(directory, TestingChat.CARD, TestingChat.OUTPUTS, "  tls: known-by-pem\n");
            answers("mood-llm");
        }
    }

    @Test
    void openAiIsRefusedWithoutACertificate() throws Exception {
        try (TestingChat chat = mutualChat()) {
            chat.write(directory, TestingChat.CARD, TestingChat.OUTPUTS, "  tls: nameless\n");
            isUnavailable("mood-llm");
        }
    }

    @Test
    void openAiDoesNotAskAServerThatTheJvmDoesNotTrust() throws Exception {
        try (TestingChat chat = mutualChat()) {
            chat.write(directory);
            isUnavailable("mood-llm");
        }
    }

    @Test
    void anUnknownBundleStopsTheStart() throws Exception {
        TestingFolder.write(directory, "127.0.0.1:1", "  tls: modles\n");
        assertThatThrownBy(() -> answers("length"))
                .isInstanceOf(AdaptersException.class)
                .hasMessageContaining("mapping.yaml: open-inference.tls names the SSL bundle 'modles'")
                .hasMessageEndingWith("expected one of [known, known-by-pem, nameless]");
    }

    @Test
    void anUnknownBundleOfALanguageModelStopsTheStart() throws Exception {
        try (TestingChat chat = mutualChat()) {
            chat.write(directory, TestingChat.CARD, TestingChat.OUTPUTS, "  tls: modles\n");
            assertThatThrownBy(() -> answers("mood-llm"))
                    .hasMessageContaining("mapping.yaml: open-ai.tls names the SSL bundle 'modles'");
        }
    }

    @Test
    void aBundleForAServerWithoutTlsStopsTheStart() throws Exception {
        try (TestingChat chat = new TestingChat()) {
            chat.write(directory, TestingChat.CARD, TestingChat.OUTPUTS, "  tls: known\n");
            assertThatThrownBy(() -> answers("mood-llm"))
                    .hasMessageContaining("open-ai.tls")
                    .hasMessageContaining("https://");
        }
    }

    private void answers(String specialist) throws Exception {
        try (ConfigurableApplicationContext context = context();
                AdaptedModel model = model(context, specialist)) {
            assertThat(model.ready()).isTrue();
            assertThat(model.infer(List.of(Inference.ofText("text", "a text of more than ten bytes"))))
                    .hasOnlyElementsOfType(InferenceResult.Answered.class);
        }
    }

    private void isUnavailable(String specialist) throws Exception {
        try (ConfigurableApplicationContext context = context();
                AdaptedModel model = model(context, specialist)) {
            assertThat(model.ready()).isFalse();
            InferenceResult result =
                    model.infer(List.of(Inference.ofText("text", "a text"))).getFirst();
            assertThat(((InferenceResult.Failed) result).code()).isEqualTo(ErrorCode.SPECIALIST_UNAVAILABLE);
        }
    }

    private AdaptedModel model(ConfigurableApplicationContext context, String specialist) {
        return Adapters.read(directory, context.getEnvironment(), context.getBean(SslBundles.class))
                .models()
                .get(specialist);
    }

    /** With the bundles as a process has them. */
    private static ConfigurableApplicationContext context() throws Exception {
        String jks = "spring.ssl.bundle.jks.";
        String pem = "spring.ssl.bundle.pem.known-by-pem.";
        return new SpringApplicationBuilder(SslAutoConfiguration.class)
                .web(WebApplicationType.NONE)
                .properties(
                        jks + "known.keystore.location="
                                + certificates.keyStore("client").toUri(),
                        jks + "known.keystore.password=" + TestingCertificates.PASSWORD,
                        jks + "known.keystore.type=PKCS12",
                        jks + "known.truststore.location="
                                + certificates.trustStore().toUri(),
                        jks + "known.truststore.password=" + TestingCertificates.PASSWORD,
                        jks + "known.truststore.type=PKCS12",
                        jks + "nameless.truststore.location="
                                + certificates.trustStore().toUri(),
                        jks + "nameless.truststore.password=" + TestingCertificates.PASSWORD,
                        jks + "nameless.truststore.type=PKCS12",
                        pem + "keystore.certificate="
                                + certificates.certificate("client").toUri(),
                        pem + "keystore.private-key="
                                + certificates.key("client").toUri(),
                        pem + "truststore.certificate="
                                + certificates.certificate("authority").toUri())
                .run();
    }

    private static ServerCredentials mutual() throws Exception {
        return TlsServerCredentials.newBuilder()
                .keyManager(certificates.keyManagers("server"))
                .trustManager(certificates.trustManagers())
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
    }

    private static TestingChat mutualChat() throws Exception {
        return new TestingChat(options()
                .httpDisabled(true)
                .dynamicHttpsPort()
                .http2TlsDisabled(true)
                .keystorePath(certificates.keyStore("server").toString())
                .keystorePassword(TestingCertificates.PASSWORD)
                .keyManagerPassword(TestingCertificates.PASSWORD)
                .keystoreType("PKCS12")
                .needClientAuth(true)
                .trustStorePath(certificates.trustStore().toString())
                .trustStorePassword(TestingCertificates.PASSWORD)
                .trustStoreType("PKCS12"));
    }
}
