package dev.pinfactory.faults.identity;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Certificates that nobody may be let in with. */
final class BadCertificates {
    private static final String DOMAIN = "spiffe://acme/";

    private BadCertificates() {}

    /**
     * By what is wrong with them.
     *
     * @param role as in {@code orchestrator}, that they say they have
     */
    static Map<String, CertificateAuthority.Issued> of(CertificateAuthority authority, String role) {
        Instant later = Instant.now().plusSeconds(3_600);
        Map<String, CertificateAuthority.Issued> kinds = new LinkedHashMap<>();
        kinds.put("of another authority", new CertificateAuthority().issue(DOMAIN + role));
        kinds.put("of another trust domain", authority.issue("spiffe://other/" + role));
        kinds.put(
                "expired",
                authority.issue(List.of(DOMAIN + role), false, Instant.now().minusSeconds(60)));
        kinds.put("of two names", authority.issue(DOMAIN + role, DOMAIN + "router"));
        kinds.put("of the same name twice", authority.issue(DOMAIN + role, DOMAIN + role));
        kinds.put("of no name", authority.issue());
        kinds.put("of an authority", authority.issue(List.of(DOMAIN + role), true, later));
        kinds.put("of a name that is no role", authority.issue(DOMAIN + "admin"));
        kinds.put("of a role with a name", authority.issue(DOMAIN + role + "/one"));
        kinds.put("of another scheme", authority.issue("https://acme/" + role));
        return kinds;
    }

    /** Good ones of others, who have nothing to do here. */
    static Map<String, CertificateAuthority.Issued> others(CertificateAuthority authority, List<String> roles) {
        Map<String, CertificateAuthority.Issued> kinds = new LinkedHashMap<>();
        roles.forEach(role -> kinds.put("of a " + role, authority.issue(DOMAIN + role)));
        return kinds;
    }
}
