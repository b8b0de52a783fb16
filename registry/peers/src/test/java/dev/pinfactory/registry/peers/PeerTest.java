package dev.pinfactory.registry.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTest {
    private static final TestAuthority AUTHORITY = new TestAuthority();

    @Test
    void aCertificateSaysWhoItsHolderIsByItsOneUri() throws CertificateException {
        assertThat(Peer.of(AUTHORITY.issue("spiffe://acme/router").certificate()))
                .isEqualTo(new Peer("acme", Peer.Role.ROUTER, ""))
                .hasToString("spiffe://acme/router");
        Peer fraud = Peer.of(
                AUTHORITY.issue("spiffe://acme.example/specialist/fraud-2").certificate());
        assertThat(fraud).isEqualTo(new Peer("acme.example", Peer.Role.SPECIALIST, "fraud-2"));
        assertThat(fraud.mayServe("fraud-2")).isTrue();
        assertThat(fraud.mayServe("fraud")).isFalse();
        assertThat(new Peer("acme", Peer.Role.HOST, "").mayServe("fraud")).isTrue();
        assertThat(new Peer("acme", Peer.Role.ROUTER, "").mayServe("fraud")).isFalse();
    }

    @Test
    void noneOrTwoUrisAndAuthoritiesAreNobody() {
        assertThatThrownBy(() -> Peer.of(AUTHORITY.issue().certificate())).hasMessageContaining("0 URIs");
        assertThatThrownBy(() -> Peer.of(AUTHORITY
                        .issue("spiffe://acme/router", "spiffe://acme/orchestrator")
                        .certificate()))
                .hasMessageContaining("2 URIs");
        assertThatThrownBy(() -> Peer.of(AUTHORITY
                        .issue(
                                List.of("spiffe://acme/router"),
                                true,
                                Instant.now().plusSeconds(60))
                        .certificate()))
                .hasMessageContaining("authority");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme/router",
                "spiffe://acme",
                "spiffe://acme/",
                "spiffe:///router",
                "spiffe://acme/Router",
                "spiffe://acme/router/two",
                "spiffe://acme/router/",
                "spiffe://acme//router",
                "spiffe://acme/%72outer",
                "spiffe://acme/specialist",
                "spiffe://acme/specialist/",
                "spiffe://acme/specialist/a/b",
                "spiffe://acme/specialist/../router",
                "spiffe://acme/admin",
                "spiffe://user@acme/router",
                "spiffe://acme:1/router",
                "spiffe://acme/router?x",
                "spiffe://acme/router#x",
                "spiffe://ac me/router",
                "router",
                ""
            })
    void otherUrisAreNobody(String uri) {
        assertThatThrownBy(() -> Peer.of(uri)).isInstanceOf(CertificateException.class);
    }
}
