package dev.pinfactory.proto.rest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI 3.1 document of a service, made of its descriptors: whatever changes in the contracts changes here. */
public final class OpenApi {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private final ServiceDescriptor service;
    private final Comments comments = Comments.load();
    private final MessageSchemas schemas = new MessageSchemas(comments);

    private OpenApi(ServiceDescriptor service) {
        this.service = service;
    }

    /** The document as a tree of maps, lists and strings. */
    public static Map<String, Object> document(ServiceDescriptor service, String version) {
        return new OpenApi(service).document(version);
    }

    /** The document as JSON text. */
    public static String json(ServiceDescriptor service, String version) {
        return JsonMapper.builder().build().writeValueAsString(document(service, version));
    }

    private Map<String, Object> document(String version) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (HttpRoute route : HttpRoutes.of(service)) {
            paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        schemas.all().put("Problem", problem());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.1");
        document.put("info", Map.of("title", "Pinfactory", "version", version));
        document.put("paths", paths);
        document.put("components", Map.of("schemas", schemas.all(), "responses", Map.of("Problem", problemResponse())));
        return document;
    }

    private Map<String, Object> operation(HttpRoute route) {
        Map<String, Object> operation = new LinkedHashMap<>();
        String name = route.rpc().getName();
        operation.put("operationId", Character.toLowerCase(name.charAt(0)) + name.substring(1));
        operation.put("summary", words(name));
        comments.of(route.rpc()).ifPresent(text -> operation.put("description", text));
        List<Object> parameters = parameters(route);
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (route.rpc().isClientStreaming()) {
            operation.put("requestBody", upload());
        } else if (!route.body().isEmpty()) {
            operation.put("requestBody", body(bodySchema(route.rpc().getInputType(), route.body())));
        }
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", answer(route));
        responses.put("4XX", Map.of("$ref", "#/components/responses/Problem"));
        responses.put("5XX", Map.of("$ref", "#/components/responses/Problem"));
        operation.put("responses", responses);
        return operation;
    }

    /** What is neither in the path nor in the body is a query parameter; messages can't be one. */
    private List<Object> parameters(HttpRoute route) {
        List<Object> parameters = new ArrayList<>();
        List<String> inPath = route.pathFields();
        boolean query = !route.body().equals("*") && !route.rpc().isClientStreaming();
        for (FieldDescriptor field : route.rpc().getInputType().getFields()) {
            boolean isPath = inPath.contains(field.getName());
            boolean scalar = field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
                    || field.getMessageType().getFullName().equals("google.protobuf.Timestamp");
            if (isPath || (query && scalar && !route.body().equals(field.getName()))) {
                Map<String, Object> parameter = new LinkedHashMap<>();
                parameter.put("name", isPath ? field.getName() : field.getJsonName());
                parameter.put("in", isPath ? "path" : "query");
                parameter.put("required", isPath);
                comments.of(field).ifPresent(text -> parameter.put("description", text));
                parameter.put("schema", schemas.field(field));
                parameters.add(parameter);
            }
        }
        return parameters;
    }

    /** A stream of which one field is the body ends with it, and REST answers that alone. */
    private Map<String, Object> answer(HttpRoute route) {
        MethodDescriptor rpc = route.rpc();
        Map<String, Object> schema = bodySchema(rpc.getOutputType(), route.responseBody());
        String mediaType = rpc.isServerStreaming() && route.responseBody().isEmpty() ? EVENTS : JSON;
        return Map.of("description", "OK", "content", Map.of(mediaType, Map.of("schema", schema)));
    }

    private Map<String, Object> bodySchema(Descriptor message, String field) {
        return field.isEmpty() || field.equals("*")
                ? schemas.reference(message)
                : schemas.field(message.findFieldByName(field));
    }

    private static Map<String, Object> body(Map<String, Object> schema) {
        return Map.of("required", true, "content", Map.of(JSON, Map.of("schema", schema)));
    }

    /** A client stream is a multipart upload over REST; a part's name is the input's name. */
    private static Map<String, Object> upload() {
        Map<String, Object> parts = Map.of(
                "type",
                "object",
                "additionalProperties",
                Map.of("type", "string", "contentMediaType", "application/octet-stream"));
        return Map.of("required", true, "content", Map.of("multipart/form-data", Map.of("schema", parts)));
    }

    private static Map<String, Object> problem() {
        Map<String, Object> violation = Map.of(
                "type",
                "object",
                "required",
                List.of("field", "description"),
                "properties",
                Map.of("field", Map.of("type", "string"), "description", Map.of("type", "string")));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("type", Map.of("type", "string", "format", "uri"));
        properties.put("title", Map.of("type", "string"));
        properties.put("status", Map.of("type", "integer"));
        properties.put("detail", Map.of("type", "string"));
        properties.put(
                "code",
                Map.of(
                        "type",
                        "string",
                        "enum",
                        Arrays.stream(ErrorCode.values()).map(Enum::name).toList()));
        properties.put("violations", Map.of("type", "array", "items", violation));
        properties.put("retryAfter", Map.of("type", "integer", "description", "Seconds to wait before the next try."));
        return Map.of(
                "type",
                "object",
                "description",
                "An RFC 9457 problem.",
                "required",
                List.of("type", "title", "status", "detail", "code"),
                "properties",
                properties);
    }

    private static Map<String, Object> problemResponse() {
        Map<String, Object> retryAfter =
                Map.of("description", "Seconds to wait, where another try helps.", "schema", Map.of("type", "integer"));
        return Map.of(
                "description",
                "The request was not accepted.",
                "headers",
                Map.of("Retry-After", retryAfter),
                "content",
                Map.of(Problem.MEDIA_TYPE, Map.of("schema", Map.of("$ref", "#/components/schemas/Problem"))));
    }

    /** "ListTasks" becomes "List tasks". */
    private static String words(String name) {
        String spaced = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }
}
