package dev.pinfactory.specialists.adapters.server;

import java.util.List;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The TLS that a mapping asks for by the name of an SSL bundle ({@code spring.ssl.bundle.*}): whom to trust, and which certificate to show. */
public final class ServerTls {
    private ServerTls() {}

    /**
     * @param field of the mapping, for the error
     * @throws IllegalArgumentException naming the field and the bundles that there are
     */
    public static SslBundle bundle(String field, String name, SslBundles bundles) {
        List<String> names = bundles.getBundleNames().stream().sorted().toList();
        if (!names.contains(name)) {
            throw new IllegalArgumentException(field + " names the SSL bundle '" + name + "', expected "
                    + (names.isEmpty() ? "one of spring.ssl.bundle, which has none" : "one of " + names));
        }
        return bundles.getBundle(name);
    }
}
