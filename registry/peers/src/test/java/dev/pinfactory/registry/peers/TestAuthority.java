package dev.pinfactory.registry.peers;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority whose certificates are what a test wants, good or bad. */
final class TestAuthority {
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final X500Principal NAME = new X500Principal("CN=authority");

    private final KeyPair keys = keys();
    private final X509Certificate certificate =
            sign(NAME, keys, List.of(), true, Instant.now().plusSeconds(3_600));

    /** A certificate and its key. */
    record Issued(X509Certificate certificate, KeyPair keys) {
        /** As files in a folder, each put there at once. */
        void write(Path folder, TestAuthority trusted) throws IOException {
            Files.createDirectories(folder);
            put(folder.resolve("key.pem"), pem(new JcaPKCS8Generator(keys.getPrivate(), null)));
            put(folder.resolve("certificate.pem"), pem(certificate));
            put(folder.resolve("authorities.pem"), pem(trusted.certificate));
        }

        private static void put(Path file, String text) throws IOException {
            Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        private static String pem(Object what) throws IOException {
            StringWriter text = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                writer.writeObject(what);
            }
            return text.toString();
        }
    }

    Issued issue(String... uris) {
        return issue(List.of(uris), false, Instant.now().plusSeconds(3_600));
    }

    Issued issue(List<String> uris, boolean authority, Instant end) {
        KeyPair leaf = keys();
        return new Issued(sign(new X500Principal("CN=process"), leaf, uris, authority, end), leaf);
    }

    private X509Certificate sign(X500Principal subject, KeyPair of, List<String> uris, boolean authority, Instant end) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    NAME,
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(Instant.now().minusSeconds(7_200)),
                    Date.from(end),
                    subject,
                    of.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(
                            authority ? KeyUsage.keyCertSign | KeyUsage.digitalSignature : KeyUsage.digitalSignature));
            if (!uris.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(uris.stream()
                                .map(uri -> new GeneralName(GeneralName.uniformResourceIdentifier, uri))
                                .toArray(GeneralName[]::new)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
