package dev.pinfactory.chat;

import dev.pinfactory.chat.BoundedBody.Body;
import dev.pinfactory.chat.ChatReply.Failed;
import dev.pinfactory.chat.ChatReply.Fault;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends one question and reads one answer, within a time and a size. It does not retry: whoever asks decides whether to ask
 * again. It follows no redirect and uses no proxy, because the server is on the premises.
 */
public final class ChatClient implements AutoCloseable {
    private static final int OK = 200;
    private static final Set<Integer> BUSY = Set.of(429, 503);
    /** Enough to tell what an error is about. */
    private static final int MAX_ERROR_BYTES = 8_192;

    private final ChatServer server;
    private final HttpClient http;

    /** Trusts what the JVM trusts. */
    public ChatClient(ChatServer server) {
        this(server, Optional.empty());
    }

    /** @param tls whom to trust and which certificate to show, for https; without it, what the JVM trusts and none */
    public ChatClient(ChatServer server, Optional<SSLContext> tls) {
        this.server = server;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(server.connectTimeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        tls.ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    /** What came within the time; never throws for anything that the server does. */
    public ChatReply ask(String body, Duration timeout) {
        CompletableFuture<HttpResponse<Body>> answer = http.sendAsync(request(body, timeout), this::subscriber);
        try {
            // The request's own timeout may end with the headers; slow tokens come after them.
            return reply(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return late(timeout);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Failed(Fault.CANCELLED, "the request was cancelled", 0);
        } catch (ExecutionException e) {
            return broken(e, timeout);
        }
    }

    /** Whether the server answers when it is asked for its models, which costs nothing. Their names are not looked at: some servers take any. */
    public boolean ready(Duration timeout) {
        HttpRequest request = authorized(
                HttpRequest.newBuilder(server.models()).timeout(timeout).GET());
        CompletableFuture<HttpResponse<Body>> answer = http.sendAsync(request, this::subscriber);
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode() == OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(String body, Duration timeout) {
        return authorized(HttpRequest.newBuilder(server.completions())
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
    }

    private HttpRequest authorized(HttpRequest.Builder request) {
        request.header("Accept", "application/json");
        server.apiKey().ifPresent(key -> {
            boolean bearer = server.apiKeyHeader().equalsIgnoreCase("Authorization");
            request.header(server.apiKeyHeader(), bearer ? "Bearer " + key.value() : key.value());
        });
        return request.build();
    }

    private BoundedBody subscriber(ResponseInfo response) {
        return new BoundedBody(
                response.statusCode() == OK
                        ? server.maxResponseBytes()
                        : Math.min(MAX_ERROR_BYTES, server.maxResponseBytes()));
    }

    private ChatReply reply(HttpResponse<Body> response) {
        Body body = response.body();
        int bytes = body.bytes().length;
        if (response.statusCode() != OK) {
            int status = response.statusCode();
            String message = ServerError.of(status, body.bytes()).after("it answered with status " + status);
            return new Failed(BUSY.contains(status) ? Fault.BUSY : Fault.STATUS, message, bytes);
        }
        if (!isJson(response)) {
            return new Failed(Fault.CONTENT_TYPE, "its answer is not application/json", bytes);
        }
        if (body.cut()) {
            return new Failed(Fault.TOO_LARGE, "its answer has more than " + bytes + " bytes", bytes);
        }
        return Completions.read(body.bytes());
    }

    private static boolean isJson(HttpResponse<Body> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    private static Failed broken(ExecutionException failure, Duration timeout) {
        Throwable cause = failure.getCause();
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return new Failed(Fault.UNREACHABLE, "it can't be reached", 0);
        }
        if (cause instanceof SSLHandshakeException) {
            return new Failed(Fault.UNREACHABLE, "the TLS handshake with it failed", 0);
        }
        return cause instanceof HttpTimeoutException
                ? late(timeout)
                : new Failed(Fault.BROKEN, "the connection broke", 0);
    }

    private static Failed late(Duration timeout) {
        return new Failed(Fault.TIMED_OUT, "no complete answer within " + timeout.toMillis() + " ms", 0);
    }

    /** Hangs up on whatever is under way. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
