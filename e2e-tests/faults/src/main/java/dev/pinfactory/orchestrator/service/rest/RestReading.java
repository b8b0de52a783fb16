package dev.pinfactory.orchestrator.service.rest;

import com.google.protobuf.Message;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.ListPinnedPlansRequest;
import dev.pinfactory.proto.v1.ListTasksRequest;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Bodies and queries as REST reads them. In this package to get at what is not public. */
public final class RestReading {
    private RestReading() {}

    /** False where the body is refused. */
    public static boolean json(byte[] body, Message.Builder into) {
        try {
            ProtoJson.read(body, into);
            return true;
        } catch (PinfactoryException e) {
            return false;
        }
    }

    /** @param query decoded: names and values with an equals sign between, divided by ampersands */
    public static Optional<ListTasksRequest> tasks(String query) {
        return read(query, ListQuery::tasks);
    }

    /** @param query decoded: names and values with an equals sign between, divided by ampersands */
    public static Optional<ListPinnedPlansRequest> pinnedPlans(String query) {
        return read(query, ListQuery::pinnedPlans);
    }

    private static <T> Optional<T> read(String query, Function<MultiValueMap<String, String>, T> reading) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        for (String parameter : query.split("&")) {
            String[] parts = parameter.split("=", 2);
            parameters.add(parts[0], parts.length == 2 ? parts[1] : "");
        }
        try {
            return Optional.of(reading.apply(parameters));
        } catch (PinfactoryException e) {
            return Optional.empty();
        }
    }
}
