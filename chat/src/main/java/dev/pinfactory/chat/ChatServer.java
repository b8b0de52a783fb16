package dev.pinfactory.chat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An OpenAI-compatible server, and what we let it do to us.
 *
 * @param baseUrl up to and including the version, such as {@code http://127.0.0.1:8000/v1}
 * @param apiKeyHeader {@code Authorization} gets {@code Bearer} and the key; any other header the key alone
 * @param requestTimeout of one call; what is left of a deadline may be less
 * @param maxResponseBytes reading stops there
 * @param maxConcurrent requests beyond it are refused at once: a queue would only make them late
 */
public record ChatServer(
        URI baseUrl,
        String apiKeyHeader,
        Optional<ApiKey> apiKey,
        Duration connectTimeout,
        Duration requestTimeout,
        int maxResponseBytes,
        int maxConcurrent) {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");

    public ChatServer {
        require(
                baseUrl.getScheme() != null && SCHEMES.contains(baseUrl.getScheme()) && baseUrl.getHost() != null,
                "base-url is not http://host:port/v1 or https://…");
        require(
                baseUrl.getRawUserInfo() == null && baseUrl.getRawQuery() == null && baseUrl.getRawFragment() == null,
                "base-url has credentials, a query or a fragment; a key belongs into api-key");
        require(HEADER.matcher(apiKeyHeader).matches(), "api-key-header is not a header name");
        require(connectTimeout.isPositive(), "connect-timeout is positive");
        require(requestTimeout.isPositive(), "request-timeout is positive");
        require(maxResponseBytes >= 1_024 && maxResponseBytes <= 16 << 20, "max-response is 1 KiB to 16 MiB");
        require(maxConcurrent >= 1 && maxConcurrent <= 1_000, "max-concurrent is 1 to 1000");
    }

    /** Without a key: 2 s to connect, 60 s for an answer of at most 512 KiB, 4 at a time. */
    public static ChatServer at(URI baseUrl) {
        return new ChatServer(
                baseUrl,
                "Authorization",
                Optional.empty(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                512 * 1024,
                4);
    }

    /** Where completions are asked for. */
    URI completions() {
        return below("chat/completions");
    }

    /** Where the server says which models it has. */
    URI models() {
        return below("models");
    }

    private URI below(String path) {
        String base = baseUrl.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + path);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
