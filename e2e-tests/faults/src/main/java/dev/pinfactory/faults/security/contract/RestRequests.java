package dev.pinfactory.faults.security.contract;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Requests over REST: right by the published document, then broken at one place or several. */
final class RestRequests {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO", "get", "CONNECT");
    private static final List<String> MEDIA_TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/json; charset=utf-16",
            "application/json; charset=nope",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "*/*",
            "application/grpc",
            "json",
            "");
    private static final List<String> PATHS = List.of(
            "/",
            "/v1",
            "/v2/tasks",
            "/v1/tasks/",
            "//v1/tasks",
            "/error",
            "/actuator",
            "/actuator/env",
            "/docs/../v1",
            "/v1/openapi.json",
            "/docs/ui/x");
    private static final String BOUNDARY = "cut";

    private final RestContract contract;
    private final Known known;
    private final String host;
    private final Optional<String> token;
    private final List<RestContract.Operation> operations;
    private final Supplier<String> task;

    RestRequests(RestContract contract, Known known, String host, Optional<String> token) {
        this.contract = contract;
        this.known = known;
        this.host = host;
        this.token = token;
        this.operations = contract.operations();
        this.task = () -> {
            try {
                return JsonFormat.printer().omittingInsignificantWhitespace().print(Seeds.task());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /** A request in the making. */
    private static final class Draft {
        String method = "";
        String target = "";
        final List<String> headers = new ArrayList<>();
        byte[] body = new byte[0];
        boolean named = true;
        boolean hangUp;
    }

    RestRequest next(Random random) {
        RestContract.Operation operation = Hostile.any(operations, random);
        Draft draft = new Draft();
        draft.method = operation.method().toUpperCase(Locale.ROOT);
        draft.target = target(operation, draft, random);
        draft.headers.add("Host: " + (random.nextInt(100) == 0 ? Hostile.text(random) : host));
        authorization(draft, random);
        body(operation, draft, random);
        parameters(draft, random);
        if (random.nextInt(25) == 0) {
            draft.method = Hostile.any(METHODS, random);
            draft.named = false;
        }
        if (random.nextInt(50) == 0) {
            draft.target = Hostile.any(PATHS, random);
            draft.named = false;
        }
        length(draft, random);
        byte[] bytes = bytes(draft, random);
        return new RestRequest(
                draft.named ? Optional.of(operation) : Optional.empty(),
                draft.method.equals("HEAD"),
                draft.hangUp,
                bytes);
    }

    private String target(RestContract.Operation operation, Draft draft, Random random) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.description().path("parameters")) {
            String name = parameter.get("name").asString();
            boolean hostile = random.nextInt(4) == 0;
            if (parameter.get("in").asString().equals("path")) {
                path = path.replace("{" + name + "}", hostile ? Hostile.text(random) : known.of(name, random));
                draft.named &= !hostile;
            } else if (parameter.get("in").asString().equals("query") && random.nextInt(3) == 0) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(hostile ? Hostile.text(random) : value(parameter.get("schema"), random));
            }
        }
        if (random.nextInt(50) == 0) {
            query.append(query.isEmpty() ? '?' : '&').append("unheardOf=1&&=&%=x");
        }
        return path + query;
    }

    private String value(JsonNode schema, Random random) {
        String json = SchemaValues.of(schema, contract::resolved, task, random, 0);
        return json.replaceAll("^\"|\"$", "").replaceAll("[^\\w.:-]", "");
    }

    private void authorization(Draft draft, Random random) {
        int kind = random.nextInt(100);
        if (kind > 4) {
            token.ifPresent(good -> draft.headers.add("Authorization: Bearer " + good));
        } else if (kind > 1) {
            draft.headers.add("Authorization: "
                    + Hostile.any(List.of("Bearer x", "Basic eDp5", "Bearer", "\u00ff", "Bearer a.b.c"), random));
        }
    }

    private void body(RestContract.Operation operation, Draft draft, Random random) {
        JsonNode content = operation.description().path("requestBody").path("content");
        if (content.isMissingNode()) {
            if (random.nextInt(20) == 0) {
                draft.body = Hostile.random(random, 20);
            }
            return;
        }
        boolean multipart =
                content.has("multipart/form-data") && (!content.has("application/json") || random.nextInt(10) == 0);
        if (multipart) {
            draft.headers.add("Content-Type: multipart/form-data; boundary=" + BOUNDARY);
            byte[] parts = parts(random);
            draft.body = random.nextBoolean() ? parts : Hostile.bytes(parts, random);
            return;
        }
        String json =
                SchemaValues.of(content.get("application/json").get("schema"), contract::resolved, task, random, 0);
        draft.body = random.nextInt(3) == 0 ? json.getBytes(StandardCharsets.UTF_8) : Hostile.json(json, random);
        draft.headers.add(
                "Content-Type: " + (random.nextInt(20) == 0 ? Hostile.any(MEDIA_TYPES, random) : "application/json"));
    }

    private byte[] parts(Random random) {
        String part =
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"%s\"%s\r\nContent-Type: %s\r\n\r\n%s\r\n";
        String text = part.formatted("note", "; filename=\"a.txt\"", "text/plain", "hello")
                + (random.nextBoolean() ? part.formatted("task", "", "application/json", task.get()) : "")
                + "--" + BOUNDARY + "--\r\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void parameters(Draft draft, Random random) {
        header(draft, "Prefer", "respond-async", 8, random);
        header(draft, "Idempotency-Key", "k-" + random.nextInt(50), 8, random);
        header(draft, "Accept", "application/json", 20, random);
        header(draft, "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", 20, random);
        header(draft, "Last-Event-ID", "3", 20, random);
        if (random.nextInt(100) == 0) {
            draft.headers.add("X-" + Hostile.text(random) + ": " + Hostile.text(random));
        }
    }

    private static void header(Draft draft, String name, String right, int oneIn, Random random) {
        if (random.nextInt(oneIn) == 0) {
            draft.headers.add(name + ": " + (random.nextInt(3) == 0 ? Hostile.text(random) : right));
            draft.named &= !name.equals("Accept");
        }
    }

    /** Right, in chunks, or wrong in both ways. */
    private static void length(Draft draft, Random random) {
        boolean none = draft.body.length == 0 && random.nextInt(10) > 0;
        switch (random.nextInt(60)) {
            case 0 -> chunked(draft, Hostile.any(List.of("%x\r\n", "%x;a=b\r\n", "0%x\r\n"), random));
            case 1 -> {
                chunked(
                        draft,
                        Hostile.any(
                                List.of("ffffffffffffffff\r\n", "-1\r\n", "zz\r\n", "\r\n", "7fffffff\r\n"), random));
                draft.hangUp = true;
            }
            case 2 -> {
                draft.headers.add("Content-Length: "
                        + Hostile.any(List.of("-1", "x", "99999999999999999999", "1, 2", "16777217", "+3"), random));
                draft.hangUp = true;
            }
            case 3 -> {
                draft.headers.add("Content-Length: " + (draft.body.length + 10));
                draft.hangUp = true;
            }
            case 4 -> {
                draft.headers.add("Content-Length: " + draft.body.length);
                draft.headers.add("Content-Length: " + (draft.body.length + 1));
                draft.hangUp = true;
            }
            default -> {
                if (!none) {
                    draft.headers.add("Content-Length: " + draft.body.length);
                }
            }
        }
    }

    private static void chunked(Draft draft, String size) {
        draft.headers.add("Transfer-Encoding: chunked");
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        if (draft.body.length > 0) {
            chunks.writeBytes(size.formatted(draft.body.length).getBytes(StandardCharsets.US_ASCII));
            chunks.writeBytes(draft.body);
            chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        draft.body = chunks.toByteArray();
    }

    private static byte[] bytes(Draft draft, Random random) {
        String version = random.nextInt(200) == 0
                ? Hostile.any(List.of("HTTP/1.0", "HTTP/9.9", "", "HTTP/1.1 x"), random)
                : "HTTP/1.1";
        String head = draft.method + " " + draft.target + " " + version + "\r\n" + String.join("\r\n", draft.headers)
                + "\r\n\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] ascii = head.getBytes(StandardCharsets.ISO_8859_1);
        boolean broken = random.nextInt(200) == 0;
        bytes.writeBytes(broken ? Hostile.bytes(ascii, random) : ascii);
        bytes.writeBytes(draft.body);
        if (broken || !version.equals("HTTP/1.1")) {
            draft.hangUp = true;
            draft.named = false;
        }
        return bytes.toByteArray();
    }
}
