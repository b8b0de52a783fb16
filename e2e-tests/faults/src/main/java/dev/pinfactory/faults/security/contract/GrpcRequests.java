package dev.pinfactory.faults.security.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.pinfactory.faults.security.Mutations;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** Calls over gRPC: right by the services' descriptors, then broken in fields, bytes, frames or headers. */
final class GrpcRequests {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration GLANCE = Duration.ofMillis(40);
    private static final List<String> PATHS = List.of(
            "/pinfactory.v1.SwarmService/Nothing",
            "/x",
            "//",
            "/",
            "x",
            "",
            "/pinfactory.v1.SwarmService/",
            "/a/b/c",
            "/\u0000/x");
    private static final List<String> TYPES = List.of(
            "application/grpc+json",
            "application/grpc+proto",
            "application/json",
            "text/plain",
            "application/grpc-web",
            "");
    private static final List<String> TIMEOUTS =
            List.of("1x", "", "-1S", "99999999H", "999999999999S", "1", "S", "1.5S");
    private static final List<String> ENCODINGS = List.of("gzip", "identity", "snappy", "", "gzip,gzip");

    private final List<? extends MethodDescriptor<?, ?>> methods;
    private final Known known;
    private final String authority;
    private final Optional<String> token;

    GrpcRequests(List<ServiceDescriptor> services, Known known, String authority, Optional<String> token) {
        this.methods = services.stream()
                .flatMap(service -> service.getMethods().stream())
                .toList();
        this.known = known;
        this.authority = authority;
        this.token = token;
    }

    GrpcRequest next(Random random) {
        MethodDescriptor<?, ?> method = Hostile.any(methods, random);
        boolean streams = !method.getType().clientSendsOneMessage();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int messages = streams ? random.nextInt(5) : random.nextInt(40) == 0 ? random.nextInt(3) : 1;
        for (int i = 0; i < messages; i++) {
            byte[] message = message(method, random);
            body.writeBytes(framed(random.nextInt(5) == 0 ? Hostile.bytes(message, random) : message));
        }
        byte[] bytes = body.toByteArray();
        boolean framed = random.nextInt(10) > 0;
        if (!framed) {
            bytes = brokenFrames(bytes, random);
        }
        boolean ends = random.nextInt(40) > 0;
        boolean endless = !method.getType().serverSendsOneMessage();
        return new GrpcRequest(
                method.getFullMethodName(),
                headers(method, random),
                bytes,
                framed,
                ends,
                endless,
                ends && framed && !endless ? PATIENCE : endless && ends ? GLANCE.multipliedBy(2) : GLANCE);
    }

    private byte[] message(MethodDescriptor<?, ?> method, Random random) {
        MethodDescriptor.PrototypeMarshaller<?> marshaller =
                (MethodDescriptor.PrototypeMarshaller<?>) method.getRequestMarshaller();
        Message.Builder message =
                ((Message) Objects.requireNonNull(marshaller.getMessagePrototype())).newBuilderForType();
        fill(message, random);
        if (random.nextInt(3) > 0) {
            Mutations.mutate(message, random);
        }
        return message.build().toByteArray();
    }

    /** By its descriptor, with what means something where something is known. */
    private void fill(Message.Builder message, Random random) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            boolean text = field.getJavaType() == FieldDescriptor.JavaType.STRING && !field.isRepeated();
            Optional<Message> seed = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated()
                    ? Seeds.of(field.getMessageType().getFullName())
                    : Optional.empty();
            if (seed.isPresent()) {
                message.setField(field, seed.get());
            } else if (text && random.nextInt(4) > 0) {
                message.setField(field, known.of(field.getName(), random));
            } else if (!text && random.nextInt(3) == 0) {
                Mutations.fill(message, field, random);
            }
        }
    }

    private static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    /** Lengths and flags that are wrong, and messages that end before they should. */
    private static byte[] brokenFrames(byte[] frames, Random random) {
        byte[] broken = frames.length < 5 ? framed(new byte[8]) : frames.clone();
        switch (random.nextInt(5)) {
            case 0 -> broken[0] = (byte) (1 + random.nextInt(255));
            case 1 -> broken[1] = (byte) random.nextInt(256);
            case 2 -> broken[4] = (byte) random.nextInt(256);
            case 3 -> {
                return Arrays.copyOf(broken, random.nextInt(broken.length));
            }
            default -> {
                return Hostile.random(random, random.nextInt(64));
            }
        }
        return broken;
    }

    private Http2Headers headers(MethodDescriptor<?, ?> method, Random random) {
        Http2Headers headers = new DefaultHttp2Headers(false);
        headers.method(one(random, "POST", List.of("GET", "PUT", "", "FOO")));
        headers.scheme("http");
        headers.authority(authority);
        headers.path(one(random, "/" + method.getFullMethodName(), PATHS));
        headers.add("content-type", one(random, "application/grpc", TYPES));
        headers.add("te", one(random, "trailers", List.of("x", "")));
        headers.add("grpc-timeout", one(random, "10S", TIMEOUTS));
        if (random.nextInt(30) == 0) {
            headers.add("grpc-encoding", Hostile.any(ENCODINGS, random));
        }
        if (random.nextInt(30) == 0) {
            headers.add("idempotency-key", random.nextBoolean() ? "k-" + random.nextInt(50) : text(random));
        }
        if (random.nextInt(60) == 0) {
            headers.add("x-bin", "@@@ no base64");
        }
        if (random.nextInt(60) == 0) {
            headers.add("traceparent", text(random));
        }
        int kind = random.nextInt(100);
        if (kind > 4) {
            token.ifPresent(good -> headers.add("authorization", "Bearer " + good));
        } else if (kind > 1) {
            headers.add("authorization", Hostile.any(List.of("Bearer x", "Bearer", "Basic eDp5"), random));
        }
        return headers;
    }

    private static String one(Random random, String right, List<String> wrong) {
        return random.nextInt(60) == 0 ? Hostile.any(wrong, random) : right;
    }

    private static String text(Random random) {
        return Hostile.text(random) + (random.nextBoolean() ? "\u0007" : "");
    }
}
