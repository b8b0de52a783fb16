package dev.pinfactory.orchestrator.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.pinfactory.orchestrator.service.OrchestratorProperties.Authentication;
import dev.pinfactory.orchestrator.service.testing.RawCall;
import dev.pinfactory.orchestrator.service.testing.TestingIssuer;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there is no address to ask for keys, a file has them. */
class KeysInAFileTest {
    @TempDir
    Path folder;

    private TestingSwarm swarm(Path file) throws Exception {
        return new TestingSwarm(
                folder,
                "pinfactory.orchestrator.authentication.jwk-set-file=" + file,
                "pinfactory.orchestrator.authentication.issuer=" + TestingIssuer.NAME,
                "server.address=0.0.0.0",
                "spring.grpc.server.address=0.0.0.0");
    }

    @Test
    void whatItsKeysHaveSignedIsLetInAndNothingElse() throws Exception {
        RSAKey key = TestingIssuer.key("one");
        Path file = Files.writeString(folder.resolve("keys.json"), new JWKSet(key.toPublicJWK()).toString());
        try (TestingSwarm swarm = swarm(file)) {
            assertThat(listed(
                            swarm,
                            TestingIssuer.sign(TestingIssuer.claims("acme").build(), key)))
                    .isEqualTo(Status.Code.OK);
            assertThat(listed(
                            swarm,
                            TestingIssuer.sign(
                                    TestingIssuer.claims("acme")
                                            .issuer("https://other.example")
                                            .build(),
                                    key)))
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(listed(
                            swarm,
                            TestingIssuer.sign(TestingIssuer.claims("acme").build(), TestingIssuer.key("one"))))
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    private static Status.Code listed(TestingSwarm swarm, String token) {
        return RawCall.send(
                        swarm.channel(),
                        "pinfactory.v1.SwarmService/ListTasks",
                        List.of("Bearer " + token),
                        new byte[0])
                .status()
                .getCode();
    }

    @Test
    void aFileThatIsNotThereOrHasNoKeysStopsTheStart() throws Exception {
        assertThatThrownBy(() -> swarm(folder.resolve("nothing.json")))
                .rootCause()
                .hasMessageContaining("nothing.json");
        Path wrong = Files.writeString(folder.resolve("wrong.json"), "[]");
        assertThatThrownBy(() -> swarm(wrong)).hasStackTraceContaining("jwk-set-file is '" + wrong + "'");
    }

    @Test
    void keysHaveOnePlace() {
        assertThatThrownBy(() -> new Authentication("https://a/keys", "keys.json", "issuer", "", "tenant", "roles"))
                .hasMessageContaining("expected one of them");
        assertThatThrownBy(() -> new Authentication("", "keys.json", "", "", "tenant", "roles"))
                .hasMessageContaining("need authentication.issuer");
    }
}
