package dev.pinfactory.registry.peers;

import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Certificates and keys in files; what is wrong is told by the setting that names the file. */
final class PemFiles {
    private static final byte[] SOMETHING = {1, 2, 3};

    private PemFiles() {}

    /** At least one. */
    static X509Certificate[] certificates(String setting, Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = open(setting, file)) {
            X509Certificate[] certificates = CertificateUtils.getX509Certificates(in);
            if (certificates.length > 0) {
                return certificates;
            }
        } catch (CertificateException e) {
            throw new CertificateException(setting + ": " + file + " has no certificates as PEM", e);
        }
        throw new CertificateException(setting + ": " + file + " has no certificates as PEM");
    }

    static PrivateKey privateKey(String setting, Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = open(setting, file)) {
            return CertificateUtils.getPrivateKey(in);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new GeneralSecurityException(
                    setting + ": " + file + " has no private key as PEM (PKCS 8: -----BEGIN PRIVATE KEY-----)", e);
        }
    }

    private static InputStream open(String setting, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(setting + ": " + file + " can't be read");
        }
        return Files.newInputStream(file);
    }

    /** Files are put there one after the other: for a moment they may not belong together. */
    static void requirePair(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                });
        signature.initSign(key);
        signature.update(SOMETHING);
        byte[] signed = signature.sign();
        try {
            signature.initVerify(certificate.getPublicKey());
            signature.update(SOMETHING);
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException("private-key is not that of certificate", e);
        }
        throw new GeneralSecurityException("private-key is not that of certificate");
    }
}
