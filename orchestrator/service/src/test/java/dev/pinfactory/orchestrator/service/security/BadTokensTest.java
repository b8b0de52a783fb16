package dev.pinfactory.orchestrator.service.security;

import static dev.pinfactory.orchestrator.service.testing.TestingIssuer.claims;
import static dev.pinfactory.orchestrator.service.testing.TestingIssuer.sign;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.pinfactory.orchestrator.service.testing.RawCall;
import dev.pinfactory.orchestrator.service.testing.TestingIssuer;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.v1.RunTaskRequest;
import io.grpc.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S5: every bad token at every method, over gRPC and REST. Bodies are broken too, so that whoever looks at them first is found out. */
@Tag("long")
class BadTokensTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] BROKEN = {(byte) 0xff, (byte) 0xff, (byte) 0xff};

    @TempDir
    static Path folder;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AccessRules RULES =
            AccessRules.of(RunTaskRequest.getDescriptor().getFile().findServiceByName("SwarmService"));
    private static TestingIssuer issuer;
    private static TestingSwarm swarm;

    @BeforeAll
    static void start() throws Exception {
        issuer = new TestingIssuer(0);
        List<String> properties = new ArrayList<>(List.of(issuer.properties()));
        properties.add("pinfactory.orchestrator.authentication.audience=pinfactory");
        swarm = new TestingSwarm(folder, properties.toArray(String[]::new));
    }

    @AfterAll
    static void stop() throws Exception {
        swarm.close();
        issuer.close();
    }

    @Test
    void noBadTokenGetsInAnywhere() throws Exception {
        Map<String, List<String>> bad = new LinkedHashMap<>(BadTokens.of(issuer));
        bad.putAll(BadTokens.keys(swarm.bean(ApiKeys.class)));
        assertThat(bad).hasSizeGreaterThanOrEqualTo(40);
        List<String> let = new ArrayList<>();
        for (var kind : bad.entrySet()) {
            for (AccessRules.Rule rule : RULES.all()) {
                Status.Code code = call(rule.call(), kind.getValue());
                if (code != Status.Code.UNAUTHENTICATED && code != Status.Code.PERMISSION_DENIED) {
                    let.add(kind.getKey() + " at " + rule.call() + ": " + code);
                }
                for (AccessRules.Route route : rule.routes()) {
                    int status = rest(route, kind.getValue());
                    if (status != 401 && status != 403) {
                        let.add(kind.getKey() + " at " + route + ": " + status);
                    }
                }
            }
        }
        assertThat(let).isEmpty();
        assertThat(swarm.specialists().requests()).isEmpty();
        assertThat(issuer.server().getAllServeEvents())
                .as("no address in a token is ever asked")
                .allSatisfy(event -> assertThat(event.getRequest().getUrl()).isEqualTo("/keys"));
    }

    @Test
    void aMegabyteOfTokenIsRefused() throws Exception {
        String large = "Bearer " + "a".repeat(1 << 20);
        AccessRules.Rule rule = RULES.all().getFirst();
        assertThat(call(rule.call(), List.of(large))).isNotEqualTo(Status.Code.OK);
        assertThat(rest(rule.routes().getFirst(), List.of(large))).isBetween(400, 431);
        assertThat(swarm.specialists().requests()).isEmpty();
    }

    @Test
    void clocksMayDifferByLessThanAMinute() throws Exception {
        Instant now = Instant.now();
        assertThat(isLetIn(claims("acme").expirationTime(Date.from(now.minusSeconds(40))), issuer.key()))
                .isTrue();
        assertThat(isLetIn(claims("acme").notBeforeTime(Date.from(now.plusSeconds(40))), issuer.key()))
                .isTrue();
    }

    @Test
    void aTokenOfANewKeyIsGoodAtOnceAndOneOfTheOldUntilItIsGone() throws Exception {
        RSAKey next = TestingIssuer.key("two");
        issuer.publish(List.of(issuer.key(), next));
        assertThat(isLetIn(claims("acme"), next)).isTrue();
        assertThat(isLetIn(claims("acme"), issuer.key())).isTrue();
    }

    private static boolean isLetIn(JWTClaimsSet.Builder claims, RSAKey signer) throws Exception {
        String token = sign(claims.build(), signer);
        HttpRequest request = HttpRequest.newBuilder(uri("/v1/tasks"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + swarm.httpPort() + path);
    }

    private static int rest(AccessRules.Route route, List<String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(route.path().replaceAll("\\{\\w+}", "none")))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(route.method().name(), HttpRequest.BodyPublishers.ofByteArray(BROKEN));
        headers.forEach(header -> request.header("Authorization", header));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static Status.Code call(String method, List<String> headers) {
        return RawCall.send(swarm.channel(), method, headers, BROKEN).status().getCode();
    }
}
