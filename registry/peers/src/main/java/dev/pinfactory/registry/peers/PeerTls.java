package dev.pinfactory.registry.peers;

import dev.pinfactory.registry.client.Channels;
import io.grpc.Attributes;
import io.grpc.ChannelCredentials;
import io.grpc.CompositeChannelCredentials;
import io.grpc.Grpc;
import io.grpc.TlsChannelCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's certificate and key and the authorities that it trusts, from PEM files that are read again when they change: connections that are made from then on
 * use them, those that are there go on. Whoever is at the other end has to be a {@link Peer} of the same trust domain. TLS 1.2 or 1.3. Thread-safe.
 */
public final class PeerTls implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(PeerTls.class);

    private final Path certificate;
    private final Path privateKey;
    private final Path authorities;
    private final String trustDomain;
    private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
    private final AdvancedTlsX509TrustManager trusted;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("certificates").factory());
    private String refused = "";

    /**
     * Reads the files.
     *
     * @param certificate the process's own, followed by those between it and an authority
     * @param privateKey of the certificate, PKCS 8
     * @param authorities one or more, so that a new one is trusted before the old one goes
     * @param trustDomain as in {@code spiffe://DOMAIN/…}
     * @param reload how often they are read again; what can't be used then is logged, and what was there stays
     * @throws IllegalStateException when a file is not what it should be, by its setting
     */
    public PeerTls(Path certificate, Path privateKey, Path authorities, String trustDomain, Duration reload) {
        this.certificate = certificate;
        this.privateKey = privateKey;
        this.authorities = authorities;
        this.trustDomain = trustDomain;
        try {
            trusted = AdvancedTlsX509TrustManager.newBuilder()
                    // Processes are known by their role, and not by the name that they are found under.
                    .setVerification(AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
                    .setSslSocketAndEnginePeerVerifier(new Verifier())
                    .build();
            read();
        } catch (IOException | GeneralSecurityException e) {
            reader.shutdownNow();
            throw new IllegalStateException("pinfactory.tls: " + e.getMessage(), e);
        }
        reader.scheduleWithFixedDelay(this::readAgain, reload.toMillis(), reload.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void read() throws IOException, GeneralSecurityException {
        X509Certificate[] roots = PemFiles.certificates("authorities", authorities);
        X509Certificate[] chain = PemFiles.certificates("certificate", certificate);
        PrivateKey key = PemFiles.privateKey("private-key", privateKey);
        PemFiles.requirePair(chain[0], key);
        peer(chain);
        trusted.updateTrustCredentials(roots);
        keys.updateIdentityCredentials(chain, key);
    }

    private void readAgain() {
        try {
            read();
            refused = "";
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            String why = String.valueOf(e.getMessage());
            if (!why.equals(refused)) {
                LOGGER.warn("certificates stay as they were: {}", why);
            }
            refused = why;
        }
    }

    /** Channels to other roles; plain text where a process has no certificate. */
    public static Channels channels(@Nullable PeerTls tls) {
        return tls == null ? new Channels() : new Channels(tls.client());
    }

    /** For channels to other roles: each call is held back until it is clear that the server has the role that its service needs. */
    ChannelCredentials client() {
        ChannelCredentials tls = TlsChannelCredentials.newBuilder()
                .keyManager(keys)
                .trustManager(trusted)
                .build();
        return CompositeChannelCredentials.create(tls, new ServerRole(this));
    }

    /** For a server that wants a certificate of each caller. */
    public KeyManager keyManager() {
        return keys;
    }

    /** For a server that wants a certificate of each caller. */
    public TrustManager trustManager() {
        return trusted;
    }

    /** Who is at the other end of a call's connection; nobody where that is not known by a certificate. */
    Optional<Peer> peer(Attributes attributes) {
        SSLSession session = attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(peer(session.getPeerCertificates()));
        } catch (SSLPeerUnverifiedException | CertificateException e) {
            return Optional.empty();
        }
    }

    private Peer peer(Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !(chain[0] instanceof X509Certificate leaf)) {
            throw new CertificateException("there is no certificate");
        }
        Peer peer = Peer.of(leaf);
        if (!peer.trustDomain().equals(trustDomain)) {
            throw new CertificateException(
                    "the certificate is of the trust domain " + peer.trustDomain() + ", not " + trustDomain);
        }
        return peer;
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }

    /** On top of the chain: it says who the peer is. */
    private final class Verifier implements AdvancedTlsX509TrustManager.SslSocketAndEnginePeerVerifier {
        @Override
        public void verifyPeerCertificate(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            peer(chain);
        }

        @Override
        public void verifyPeerCertificate(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            peer(chain);
        }
    }
}
