package dev.pinfactory.orchestrator.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A self-signed certificate for localhost, made once by the JDK's keytool. Clients trust {@code gateway.crt} beside the key store.
 *
 * @param keyStore PKCS12 file with key and certificate
 * @param password of the key store; the file's permissions protect it
 */
record DevelopmentCertificate(Path keyStore, String password) {
    private static final Logger LOG = LoggerFactory.getLogger(DevelopmentCertificate.class);
    private static final String PASSWORD = "development";
    private static final long KEYTOOL_SECONDS = 120;

    static DevelopmentCertificate in(Path directory) {
        Path keyStore = directory.resolve("gateway.p12").toAbsolutePath();
        Path certificate = directory.resolve("gateway.crt").toAbsolutePath();
        // The certificate is written last: without it, an earlier start was interrupted.
        if (!Files.exists(certificate)) {
            make(keyStore, certificate);
        }
        LOG.warn("TLS with a certificate made for development; clients trust {}", directory.resolve("gateway.crt"));
        return new DevelopmentCertificate(keyStore, PASSWORD);
    }

    private static void make(Path keyStore, Path certificate) {
        try {
            Files.createDirectories(keyStore.getParent());
            Files.deleteIfExists(keyStore);
            keytool(
                    "-genkeypair",
                    "-alias",
                    "gateway",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-validity",
                    "825",
                    "-dname",
                    "CN=localhost,O=Pinfactory development",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    keyStore.toString(),
                    "-storepass",
                    PASSWORD);
            keytool(
                    "-exportcert",
                    "-rfc",
                    "-alias",
                    "gateway",
                    "-file",
                    certificate.toString(),
                    "-keystore",
                    keyStore.toString(),
                    "-storepass",
                    PASSWORD);
            Files.setPosixFilePermissions(keyStore, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException("can't make a development certificate in " + keyStore.getParent(), e);
        }
    }

    private static void keytool(String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("keytool did not end within " + KEYTOOL_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        "keytool failed: " + new String(process.getInputStream().readAllBytes()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
