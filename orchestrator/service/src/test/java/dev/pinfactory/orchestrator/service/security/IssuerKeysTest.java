package dev.pinfactory.orchestrator.service.security;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.pinfactory.orchestrator.service.testing.TestingIssuer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {
    private final TestingIssuer issuer = new TestingIssuer(0);
    private final JWKSource<SecurityContext> keys =
            IssuerKeys.at(issuer.server().baseUrl() + "/keys");

    @AfterEach
    void close() {
        issuer.close();
    }

    private List<JWK> find(String id) throws KeySourceException {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null);
    }

    private int asked() {
        return issuer.server()
                .countRequestsMatching(getRequestedFor(urlEqualTo("/keys")).build())
                .getCount();
    }

    @Test
    void tokensOfUnknownKeysDoNotMakeItAskForEachOfThem() throws KeySourceException {
        long start = System.nanoTime();
        for (int i = 0; i < 500; i++) {
            assertThat(find("unknown-" + i)).isEmpty();
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertThat((long) asked()).isLessThanOrEqualTo(2 * (seconds + 1) + 1);
        assertThat(find("one")).hasSize(1);
    }

    @Test
    void aNewKeyIsFoundAtOnce() throws KeySourceException {
        assertThat(find("one")).hasSize(1);
        RSAKey two = TestingIssuer.key("two");
        issuer.publish(List.of(issuer.key(), two));
        assertThat(find("two")).hasSize(1);
    }

    @Test
    void aNewKeyIsFoundAmongManyUnknownOnes() {
        RSAKey two = TestingIssuer.key("two");
        issuer.publish(List.of(two));
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            for (int i = 0; i < 20; i++) {
                assertThat(find("unknown-" + i)).isEmpty();
            }
            return !find("two").isEmpty();
        });
    }

    @Test
    void knownKeysHoldWhileTheIssuerFails() throws KeySourceException {
        assertThat(find("one")).hasSize(1);
        issuer.server().stubFor(get("/keys").willReturn(serverError()));
        assertThat(find("made-up")).isEmpty();
        assertThat(find("one")).hasSize(1);
    }

    @Test
    void anIssuerThatNeverAnsweredIsAnErrorAndNoUnknownKey() {
        issuer.server().stubFor(get("/keys").willReturn(serverError()));
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> find("one")).isInstanceOf(KeySourceException.class);
        }
    }

    @Test
    void whatIsNoAddressIsNamed() {
        assertThatThrownBy(() -> IssuerKeys.at("keys.json"))
                .hasMessageContaining("jwk-set-uri is 'keys.json', which is no http address");
    }
}
