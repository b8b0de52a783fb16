package dev.pinfactory.faults.identity;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import dev.pinfactory.proto.events.v1.EventServiceOuterClass;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.SwarmServiceOuterClass;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All ways into an orchestrator, as its descriptors and the description that it publishes of REST name them. Thread-safe. */
final class Doors implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What else may stand beside them in the description, such as parameters, is none. */
    private static final Set<String> VERBS = Set.of("get", "put", "post", "patch", "delete");

    private final String restAddress;
    private final ManagedChannel channel;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Route> routes;

    /** A method and a path with variables in braces. */
    record Route(String method, String path) {}

    Doors(TestedOrchestrator orchestrator) throws IOException, InterruptedException {
        restAddress = orchestrator.restAddress();
        channel = Grpc.newChannelBuilder(orchestrator.address(), InsecureChannelCredentials.create())
                .build();
        routes = published();
    }

    private List<Route> published() throws IOException, InterruptedException {
        List<Route> found = new ArrayList<>();
        for (Map.Entry<String, Value> path : description()
                .getFieldsOrThrow("paths")
                .getStructValue()
                .getFieldsMap()
                .entrySet()) {
            path.getValue().getStructValue().getFieldsMap().keySet().stream()
                    .filter(VERBS::contains)
                    .forEach(method -> found.add(new Route(method.toUpperCase(Locale.ROOT), path.getKey())));
        }
        return List.copyOf(found);
    }

    private Struct description() throws IOException, InterruptedException {
        Struct.Builder description = Struct.newBuilder();
        try {
            JsonFormat.parser()
                    .merge(
                            http.send(request("/v1/openapi.json").build(), HttpResponse.BodyHandlers.ofString())
                                    .body(),
                            description);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("the description of REST can't be read: " + e.getMessage(), e);
        }
        return description.build();
    }

    /** All of REST. */
    List<Route> routes() {
        return routes;
    }

    /** All of gRPC, as in {@code package.Service/Method}. */
    static List<String> methods() {
        return Stream.of(
                        SwarmServiceOuterClass.getDescriptor().findServiceByName("SwarmService"),
                        EventServiceOuterClass.getDescriptor().findServiceByName("EventService"))
                .flatMap(service -> service.getMethods().stream())
                .map(method -> method.getService().getFullName() + "/" + method.getName())
                .toList();
    }

    RawCall.Answer call(String method, List<String> authorization, byte[] message) {
        return RawCall.send(channel, method, authorization, message);
    }

    /** As somebody with that token. */
    SwarmServiceGrpc.SwarmServiceBlockingStub stub(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return SwarmServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** Of this path, with its deadline. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(restAddress + path)).timeout(PATIENCE);
    }

    HttpResponse<String> send(HttpRequest.Builder request, List<String> authorization)
            throws IOException, InterruptedException {
        authorization.forEach(value -> request.header("Authorization", value));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        channel.shutdownNow();
        http.close();
    }
}
