package dev.pinfactory.proto.rest;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the {@code google.api.http} annotations of a service: the one place where routes are written down. */
public final class HttpRoutes {
    private HttpRoutes() {}

    /** In the order of the RPCs; those without an annotation have no route. */
    public static List<HttpRoute> of(ServiceDescriptor service) {
        List<HttpRoute> routes = new ArrayList<>();
        for (MethodDescriptor rpc : service.getMethods()) {
            if (rpc.getOptions().hasExtension(AnnotationsProto.http)) {
                HttpRule rule = rpc.getOptions().getExtension(AnnotationsProto.http);
                Stream.concat(Stream.of(rule), rule.getAdditionalBindingsList().stream())
                        .forEach(binding -> routes.add(route(rpc, binding)));
            }
        }
        return List.copyOf(routes);
    }

    private static HttpRoute route(MethodDescriptor rpc, HttpRule rule) {
        String body = rule.getBody();
        String responseBody = rule.getResponseBody();
        return switch (rule.getPatternCase()) {
            case GET -> new HttpRoute(rpc, "GET", rule.getGet(), body, responseBody);
            case PUT -> new HttpRoute(rpc, "PUT", rule.getPut(), body, responseBody);
            case POST -> new HttpRoute(rpc, "POST", rule.getPost(), body, responseBody);
            case DELETE -> new HttpRoute(rpc, "DELETE", rule.getDelete(), body, responseBody);
            case PATCH -> new HttpRoute(rpc, "PATCH", rule.getPatch(), body, responseBody);
            case CUSTOM, PATTERN_NOT_SET ->
                throw new IllegalArgumentException(rpc.getFullName() + " has an annotation without method and path");
        };
    }
}
