package dev.pinfactory.registry.peers;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who the holder of a certificate is, as the one URI among its subject's alternative names says: {@code spiffe://DOMAIN/orchestrator}, {@code /router},
 * {@code /registry}, {@code /learner}, {@code /operator}, {@code /host} (serves any specialist) or {@code /specialist/ID} (serves that one). After the X.509-SVID standard of SPIFFE:
 * exactly one URI, no authority of its own.
 *
 * @param trustDomain in lower case
 * @param name of a specialist; empty for other roles
 */
public record Peer(String trustDomain, Role role, String name) {
    /** What a process may be. */
    public enum Role {
        ORCHESTRATOR,
        ROUTER,
        REGISTRY,
        HOST,
        SPECIALIST,
        LEARNER,
        OPERATOR;

        String path() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int URI_NAME = 6;
    private static final int SIGNS = 0;
    private static final int SIGNS_CERTIFICATES = 5;
    private static final int SIGNS_REVOCATIONS = 6;
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");
    private static final Pattern PATH = Pattern.compile("/([a-z]+)(?:/([a-z0-9][a-z0-9-]{0,62}))?");

    /**
     * Of a certificate whose chain has been checked.
     *
     * @throws CertificateException when it names nobody, or more than one, or is an authority's
     */
    static Peer of(X509Certificate leaf) throws CertificateException {
        boolean[] usage = Objects.requireNonNullElse(leaf.getKeyUsage(), new boolean[0]);
        if (leaf.getBasicConstraints() >= 0 || has(usage, SIGNS_CERTIFICATES) || has(usage, SIGNS_REVOCATIONS)) {
            throw new CertificateException("the certificate is an authority's, and no process's");
        }
        if (usage.length > 0 && !has(usage, SIGNS)) {
            throw new CertificateException("the certificate's key is not for signatures");
        }
        List<String> uris = uris(leaf);
        if (uris.size() != 1) {
            throw new CertificateException("the certificate has " + uris.size() + " URIs, expected exactly one");
        }
        return of(uris.getFirst());
    }

    private static boolean has(boolean[] usage, int bit) {
        return usage.length > bit && usage[bit];
    }

    private static List<String> uris(X509Certificate leaf) throws CertificateParsingException {
        Collection<List<?>> names = leaf.getSubjectAlternativeNames();
        return names == null
                ? List.of()
                : names.stream()
                        .filter(name -> name.getFirst().equals(URI_NAME))
                        .map(name -> (String) name.getLast())
                        .toList();
    }

    static Peer of(String uri) throws CertificateException {
        URI parsed;
        try {
            parsed = new URI(uri);
        } catch (URISyntaxException e) {
            throw new CertificateException("the certificate's URI can't be read", e);
        }
        String domain = Objects.requireNonNullElse(parsed.getRawAuthority(), "");
        Matcher path = PATH.matcher(Objects.requireNonNullElse(parsed.getRawPath(), ""));
        boolean whole = "spiffe".equals(parsed.getScheme())
                && DOMAIN.matcher(domain).matches()
                && parsed.getRawQuery() == null
                && parsed.getRawFragment() == null;
        if (whole && path.matches()) {
            String name = Objects.requireNonNullElse(path.group(2), "");
            for (Role role : Role.values()) {
                if (role.path().equals(path.group(1)) && (role == Role.SPECIALIST) != name.isEmpty()) {
                    return new Peer(domain, role, name);
                }
            }
        }
        throw new CertificateException(
                "the certificate's URI is " + printable(uri)
                        + ", expected spiffe://DOMAIN/ and orchestrator, router, registry, host, learner, operator or specialist/ID");
    }

    private static String printable(String uri) {
        String shown = uri.length() > 100 ? uri.substring(0, 100) + "..." : uri;
        return "'" + shown.replaceAll("[^ -~]", "?") + "'";
    }

    /** Whether it may say that it serves this specialist. */
    public boolean mayServe(String specialist) {
        return role == Role.HOST || role == Role.SPECIALIST && name.equals(specialist);
    }

    @Override
    public String toString() {
        return "spiffe://" + trustDomain + "/" + role.path() + (name.isEmpty() ? "" : "/" + name);
    }
}
