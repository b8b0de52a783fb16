package dev.pinfactory.specialists.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** An authority of the test's own, with a certificate of 127.0.0.1 and one of a client, made by the JDK's keytool. */
final class TestingCertificates {
    static final String PASSWORD = "for-tests";
    private static final String AUTHORITY = "authority";

    private final Path directory;
    private final KeyStore all;

    TestingCertificates(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        this.directory = directory;
        Path store = directory.resolve("all.p12");
        make(store, AUTHORITY, "-ext", "bc:critical=ca:true");
        make(store, "server", "-signer", AUTHORITY, "-ext", "san=ip:127.0.0.1");
        make(store, "client", "-signer", AUTHORITY);
        all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            all.load(in, PASSWORD.toCharArray());
        }
    }

    /** A PKCS12 file with one key and its certificates. */
    Path keyStore(String alias) throws IOException, GeneralSecurityException {
        return write(alias + ".p12", keys(alias));
    }

    /** A PKCS12 file with the authority's certificate alone. */
    Path trustStore() throws IOException, GeneralSecurityException {
        return write("trust.p12", trusted());
    }

    /** A PEM file with the certificates of an alias. */
    Path certificate(String alias) throws IOException, GeneralSecurityException {
        StringBuilder pem = new StringBuilder();
        for (Certificate certificate : all.getCertificateChain(alias)) {
            pem.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return Files.writeString(directory.resolve(alias + ".crt"), pem);
    }

    /** A PEM file with the key of an alias. */
    Path key(String alias) throws IOException, GeneralSecurityException {
        return Files.writeString(
                directory.resolve(alias + ".key"),
                pem("PRIVATE KEY", key(all, alias).getEncoded()));
    }

    KeyManager[] keyManagers(String alias) throws IOException, GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys(alias), PASSWORD.toCharArray());
        return factory.getKeyManagers();
    }

    TrustManager[] trustManagers() throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted());
        return factory.getTrustManagers();
    }

    private KeyStore keys(String alias) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry(alias, key(all, alias), PASSWORD.toCharArray(), all.getCertificateChain(alias));
        return store;
    }

    private KeyStore trusted() throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setCertificateEntry(AUTHORITY, all.getCertificate(AUTHORITY));
        return store;
    }

    private Path write(String name, KeyStore store) throws IOException, GeneralSecurityException {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Key key(KeyStore store, String alias) throws GeneralSecurityException {
        return store.getKey(alias, PASSWORD.toCharArray());
    }

    private static String pem(String what, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    private static void make(Path store, String alias, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(store.resolveSibling("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }
}
