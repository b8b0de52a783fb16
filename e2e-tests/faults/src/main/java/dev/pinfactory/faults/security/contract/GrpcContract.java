package dev.pinfactory.faults.security.contract;

import io.grpc.Status;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What an answer over gRPC must be. */
final class GrpcContract {
    private static final Set<Status.Code> FAULTS =
            Set.of(Status.Code.INTERNAL, Status.Code.UNKNOWN, Status.Code.DATA_LOSS);
    private static final int OK = 200;
    private static final Pattern TIMEOUT = Pattern.compile("\\d{1,8}[HMSmun]");

    private GrpcContract() {}

    /** What is wrong with an answer; empty where nothing is. */
    static Optional<String> wrong(GrpcRequest request, RawGrpc.Answer answer) {
        String told = answer.headers().toString() + " "
                + percentDecoded(answer.headers().getOrDefault("grpc-message", "")) + " "
                + details(answer.headers().getOrDefault("grpc-status-details-bin", "")) + " "
                + new String(answer.body(), StandardCharsets.UTF_8);
        Optional<String> leak = Leaks.in(told);
        if (leak.isPresent()) {
            return Optional.of("tells '" + leak.get() + "'");
        }
        return switch (answer.end()) {
            case GIVEN_UP -> request.mustEnd() ? Optional.of("no answer") : Optional.empty();
            case CLOSED, RESET ->
                request.framed() && request.ends() && !isBare(request)
                        ? Optional.of("the server gave the "
                                + (answer.end() == RawGrpc.End.RESET ? "stream" : "connection") + " up")
                        : Optional.empty();
            case TRAILERS -> wrongStatus(request, answer);
        };
    }

    /** Requests that are none of HTTP/2's or gRPC's, by their headers, are refused by giving the stream up. */
    private static boolean isBare(GrpcRequest request) {
        String path = String.valueOf(request.headers().path());
        return !path.startsWith("/")
                || path.indexOf('\0') >= 0
                || request.headers().method().isEmpty()
                || !request.headers().contains("te", "trailers")
                || request.headers().contains("x-bin")
                || !TIMEOUT.matcher(request.headers().get("grpc-timeout")).matches();
    }

    private static Optional<String> wrongStatus(GrpcRequest request, RawGrpc.Answer answer) {
        int http = answer.httpStatus();
        if (http >= 400 && http < 500) {
            // No call of gRPC's at all; its server says so by HTTP, and adds a status for clients who ask for none
            // other.
            return Optional.empty();
        }
        if (http != OK || answer.status().isEmpty()) {
            return Optional.of("HTTP status " + http + " and no status of gRPC's");
        }
        Status.Code code = Status.fromCodeValue(answer.status().get()).getCode();
        if (code == Status.Code.INTERNAL && !request.framed()) {
            // What gRPC has defined for frames that are none, and its transport says before anybody is asked.
            return Optional.empty();
        }
        return FAULTS.contains(code)
                ? Optional.of(code + ": " + answer.headers().getOrDefault("grpc-message", ""))
                : Optional.empty();
    }

    private static String percentDecoded(String message) {
        try {
            return URLDecoder.decode(message.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return message;
        }
    }

    private static String details(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return base64;
        }
    }
}
