package dev.pinfactory.orchestrator.service.security;

import static dev.pinfactory.orchestrator.service.testing.TestingIssuer.claims;
import static dev.pinfactory.orchestrator.service.testing.TestingIssuer.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.pinfactory.orchestrator.service.testing.Plans;
import dev.pinfactory.orchestrator.service.testing.RawCall;
import dev.pinfactory.orchestrator.service.testing.TestingIssuer;
import dev.pinfactory.orchestrator.service.testing.TestingSwarm;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.AssessCardRequest;
import dev.pinfactory.proto.v1.ContentRef;
import dev.pinfactory.proto.v1.CreateApiKeyRequest;
import dev.pinfactory.proto.v1.DeletePinnedPlanRequest;
import dev.pinfactory.proto.v1.GetPinnedPlanRequest;
import dev.pinfactory.proto.v1.GetTaskRequest;
import dev.pinfactory.proto.v1.GoldenTask;
import dev.pinfactory.proto.v1.ListPinnedPlansRequest;
import dev.pinfactory.proto.v1.ListTasksRequest;
import dev.pinfactory.proto.v1.NewApiKey;
import dev.pinfactory.proto.v1.PinPlanRequest;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SubmitTaskRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S6: what belongs to one tenant does not exist for another. Every field of every request that names something of a tenant's, found in the descriptors, is given
 * the name of a thing that the other tenant has, and of one that nobody has: the answers have to be the same.
 */
class OtherTenantsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Messages through which a request reaches what it names. */
    private static final Set<Descriptor> ON_THE_WAY = Set.of(
            Task.getDescriptor(), Artifact.getDescriptor(), ContentRef.getDescriptor(), GoldenTask.getDescriptor());

    private static final Set<Descriptor> NAMED_BY_NAME = Set.of(
            GetPinnedPlanRequest.getDescriptor(),
            DeletePinnedPlanRequest.getDescriptor(),
            ListPinnedPlansRequest.getDescriptor());

    /** Whoever only plans does not look for the content of inputs. */
    private static final Set<String> READS_NO_CONTENT = Set.of(
            "pinfactory.v1.SwarmService/PlanTask",
            "pinfactory.v1.SwarmService/PinPlan",
            "pinfactory.v1.SwarmService/AssessCard");

    @TempDir
    static Path folder;

    private static TestingIssuer issuer;
    private static TestingSwarm swarm;
    private static String owner;
    private static String other;

    /** Names of the owner's things, by the field that takes them, and names of nothing beside them. */
    private static final Map<String, String> OWNED = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        issuer = new TestingIssuer(0);
        swarm = new TestingSwarm(folder, issuer.properties());
        owner = sign(claims("owner").build(), issuer.key());
        other = sign(claims("other").build(), issuer.key());
    }

    /** Two tasks and two pinned plans, so that lists have a second page, and content. */
    @BeforeEach
    void own() throws Exception {
        SwarmServiceGrpc.SwarmServiceBlockingStub stub = as(owner);
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            tasks.add(stub.submitTask(SubmitTaskRequest.newBuilder()
                            .setTask(Plans.task("a secret of the owner's"))
                            .build())
                    .getTaskId());
        }
        GetTaskRequest get =
                GetTaskRequest.newBuilder().setTaskId(tasks.getFirst()).build();
        await().until(() -> as(owner).getTask(get).getResult().getState() == TaskResult.State.ENDED);
        stub.pinPlan(PinPlanRequest.newBuilder()
                .setName("kept")
                .setTask(Plans.task("hello"))
                .build());
        stub.pinPlan(PinPlanRequest.newBuilder()
                .setName("kept-too")
                .setTask(Plans.task("hello"))
                .build());
        OWNED.put("task_id", tasks.getFirst());
        OWNED.put("pinned_plan", "kept");
        OWNED.put("name", "kept");
        OWNED.put(
                "key_id",
                stub.createApiKey(CreateApiKeyRequest.newBuilder()
                                .setKey(NewApiKey.newBuilder()
                                        .setName("a secret of the owner's")
                                        .addRoles("caller"))
                                .build())
                        .getKey()
                        .getId());
        OWNED.put("digest", upload());
        OWNED.put(
                "ListTasksRequest.page_token",
                as(owner)
                        .listTasks(ListTasksRequest.newBuilder().setPageSize(1).build())
                        .getNextPageToken());
        OWNED.put(
                "ListPinnedPlansRequest.page_token",
                as(owner)
                        .listPinnedPlans(ListPinnedPlansRequest.newBuilder()
                                .setPageSize(1)
                                .build())
                        .getNextPageToken());
        assertThat(OWNED).doesNotContainValue("");
    }

    @AfterAll
    static void stop() throws Exception {
        swarm.close();
        issuer.close();
    }

    private static SwarmServiceGrpc.SwarmServiceBlockingStub as(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return swarm.client().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static String upload() throws Exception {
        String body =
                "--x\r\nContent-Disposition: form-data; name=\"note\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n"
                        + "a secret of the owner's\r\n--x--\r\n";
        HttpRequest request = HttpRequest.newBuilder(uri("/v1/inputs"))
                .header("Authorization", "Bearer " + owner)
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        String answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        int start = answer.indexOf("sha256:");
        assertThat(start).as(answer).isPositive();
        return answer.substring(start, start + "sha256:".length() + 64);
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + swarm.httpPort() + path);
    }

    /** A field of a request, and the fields that lead to it. */
    private record Reference(String method, Descriptor request, List<FieldDescriptor> path) {
        FieldDescriptor field() {
            return path.getLast();
        }

        String owned() {
            String name = field().getName();
            String owned = OWNED.getOrDefault(name, OWNED.get(request.getName() + "." + name));
            assertThat(owned).as("something for " + this).isNotNull();
            return owned;
        }

        /** As it would be written, and nobody's. */
        String nobodys() {
            String owned = owned();
            if (field().getName().equals("page_token")) {
                return "";
            }
            int at = owned.length() - 2;
            return owned.substring(0, at) + (owned.charAt(at) == 'a' ? 'b' : 'a') + owned.substring(at + 1);
        }

        byte[] with(String value) throws Exception {
            Message.Builder builder = DynamicMessage.parseFrom(request, usual(request)).toBuilder();
            Message.Builder at = builder;
            for (FieldDescriptor step : path.subList(0, path.size() - 1)) {
                at = inside(at, step);
            }
            at.setField(field(), value);
            return builder.build().toByteArray();
        }

        private static Message.Builder inside(Message.Builder at, FieldDescriptor step) {
            if (!step.isRepeated()) {
                return at.getFieldBuilder(step);
            }
            if (at.getRepeatedFieldCount(step) == 0) {
                at.addRepeatedField(step, DynamicMessage.getDefaultInstance(step.getMessageType()));
            }
            return at.getRepeatedFieldBuilder(step, 0);
        }

        /** What stands in the request besides. */
        private static byte[] usual(Descriptor request) throws Exception {
            DynamicMessage.Builder builder = DynamicMessage.newBuilder(request);
            FieldDescriptor task = request.findFieldByName("task");
            if (task != null) {
                builder.setField(task, Plans.task("hello"));
            }
            if (request.equals(PinPlanRequest.getDescriptor())) {
                builder.setField(request.findFieldByName("name"), "another");
            }
            if (request.equals(AssessCardRequest.getDescriptor())) {
                builder.setField(request.findFieldByName("card"), Plans.card(Plans.contract("fourth")));
            }
            return builder.build().toByteArray();
        }

        @Override
        public String toString() {
            return method + " with "
                    + String.join(
                            ".", path.stream().map(FieldDescriptor::getName).toList());
        }
    }

    private static List<Reference> references() {
        List<Reference> found = new ArrayList<>();
        RunTaskRequest.getDescriptor()
                .getFile()
                .findServiceByName("SwarmService")
                .getMethods()
                .forEach(method -> search(
                        method.getService().getFullName() + "/" + method.getName(),
                        method.getInputType(),
                        method.getInputType(),
                        List.of(),
                        found));
        // What erases comes last.
        found.sort(Comparator.comparing(reference ->
                reference.method().contains("Delete") || reference.method().contains("Revoke")));
        return found;
    }

    private static void search(
            String method, Descriptor request, Descriptor at, List<FieldDescriptor> path, List<Reference> found) {
        for (FieldDescriptor field : at.getFields()) {
            List<FieldDescriptor> longer = new ArrayList<>(path);
            longer.add(field);
            // A golden task names its pinned plan beside the task, not in it.
            boolean golden =
                    at.equals(GoldenTask.getDescriptor()) && field.getName().equals("task");
            boolean onTheWay = !golden
                    && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && ON_THE_WAY.contains(field.getMessageType())
                    && path.stream().noneMatch(step -> step.getMessageType().equals(field.getMessageType()));
            if (onTheWay) {
                search(method, request, field.getMessageType(), longer, found);
            } else if (isReference(field) && !(isOfContent(field) && READS_NO_CONTENT.contains(method))) {
                found.add(new Reference(method, request, longer));
            }
        }
    }

    private static boolean isOfContent(FieldDescriptor field) {
        return field.getContainingType().equals(ContentRef.getDescriptor())
                && field.getName().equals("digest");
    }

    private static boolean isReference(FieldDescriptor field) {
        return switch (field.getName()) {
            case "task_id", "key_id", "pinned_plan", "page_token" -> true;
            case "digest" -> isOfContent(field);
            case "name" -> NAMED_BY_NAME.contains(field.getContainingType());
            default -> false;
        };
    }

    @Test
    void whatOneTenantHasDoesNotExistForAnother() throws Exception {
        List<Reference> references = references();
        assertThat(references).hasSizeGreaterThanOrEqualTo(18);
        for (Reference reference : references) {
            assertThat(about(reference, reference.owned()))
                    .as(reference.toString())
                    .isEqualTo(about(reference, reference.nobodys()))
                    .doesNotContain("secret");
        }
        // Otherwise the same answers would say nothing: for its owner each of them is there.
        for (Reference reference : references) {
            assertThat(call(reference, reference.owned(), owner))
                    .as(reference + ", by its owner")
                    .isNotEqualTo(call(reference, reference.nobodys(), owner));
        }
    }

    @Test
    void norOverRest() throws Exception {
        List<AccessRules.Route> routes =
                AccessRules.of(RunTaskRequest.getDescriptor().getFile().findServiceByName("SwarmService"))
                        .all()
                        .stream()
                        .flatMap(rule -> rule.routes().stream())
                        .filter(route -> route.path().contains("{"))
                        .toList();
        assertThat(routes).hasSizeGreaterThan(5);
        for (AccessRules.Route route : routes) {
            boolean pins = route.path().equals("/v1/pinned-plans/{name}")
                    && route.method().name().equals("POST");
            if (pins) {
                // Makes one of the caller's own, whatever others have.
                continue;
            }
            String task = OWNED.get("task_id");
            String nothing = task.substring(0, task.length() - 2) + "zz";
            HttpResponse<String> owned = rest(route, task, "kept", OWNED.get("key_id"));
            HttpResponse<String> nobodys = rest(route, nothing, "kebt", "0".repeat(20));
            assertThat(owned.statusCode()).as(route.toString()).isEqualTo(404);
            assertThat(nobodys.statusCode()).as(route.toString()).isEqualTo(404);
            assertThat(said(owned).replace(task, "it").replace("kept", "it"))
                    .as(route.toString())
                    .isEqualTo(said(nobodys).replace(nothing, "it").replace("kebt", "it"));
        }
        assertThat(as(owner)
                        .getPinnedPlan(GetPinnedPlanRequest.newBuilder()
                                .setName("kept")
                                .build())
                        .getPinnedPlan()
                        .getName())
                .isEqualTo("kept");
    }

    private static String said(HttpResponse<String> answer) {
        return answer.body().replaceAll("\"(traceId|instance)\":\"[^\"]*\"", "");
    }

    private static HttpResponse<String> rest(AccessRules.Route route, String task, String pin, String key)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(route.path()
                        .replace("{task_id}", task)
                        .replace("{name}", pin)
                        .replace("{key_id}", key)))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + other)
                .method(route.method().name(), HttpRequest.BodyPublishers.noBody())
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String call(Reference reference, String value, String token) throws Exception {
        RawCall.Answer answer =
                RawCall.send(swarm.channel(), reference.method(), List.of("Bearer " + token), reference.with(value));
        return answer.status().getCode() + " " + answer.status().getDescription() + " "
                + new String(answer.first(), StandardCharsets.ISO_8859_1);
    }

    /** With "it" for what was asked for. */
    private static String about(Reference reference, String value) throws Exception {
        String answer = call(reference, value, other);
        return value.isEmpty() ? answer : answer.replace(value, "it");
    }
}
