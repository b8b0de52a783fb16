package dev.pinfactory.faults.identity;

import dev.pinfactory.faults.swarm.Tasks;
import dev.pinfactory.proto.v1.CreateApiKeyRequest;
import dev.pinfactory.proto.v1.ListPinnedPlansRequest;
import dev.pinfactory.proto.v1.ListReviewsRequest;
import dev.pinfactory.proto.v1.ListTasksRequest;
import dev.pinfactory.proto.v1.NewApiKey;
import dev.pinfactory.proto.v1.PinPlanRequest;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc.SwarmServiceBlockingStub;
import dev.pinfactory.proto.v1.Task;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a tenant has: two tasks that somebody has to look at and two pinned plans, so that lists have a second page, a key and content.
 *
 * @param names by the field that takes them
 */
record Owned(Map<String, String> names) {
    static final String SECRET = "a secret of the owner's";
    private static final int DIGEST = "sha256:".length() + 64;

    static Owned by(Doors doors, String token) throws IOException, InterruptedException {
        SwarmServiceBlockingStub stub = doors.stub(token);
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            tasks.add(
                    stub.runTask(RunTaskRequest.newBuilder().setTask(doubtful()).build())
                            .getResult()
                            .getTaskId());
        }
        for (String name : List.of("kept", "kept-too")) {
            stub.pinPlan(PinPlanRequest.newBuilder()
                    .setName(name)
                    .setTask(Tasks.of("hello", 1))
                    .build());
        }
        Map<String, String> names = new LinkedHashMap<>();
        names.put("task_id", tasks.getFirst());
        names.put("pinned_plan", "kept");
        names.put("name", "kept");
        names.put(
                "key_id",
                stub.createApiKey(CreateApiKeyRequest.newBuilder()
                                .setKey(NewApiKey.newBuilder().setName(SECRET).addRoles("caller"))
                                .build())
                        .getKey()
                        .getId());
        names.put("digest", upload(doors, token));
        names.put(
                "ListTasksRequest.page_token",
                stub.listTasks(ListTasksRequest.newBuilder().setPageSize(1).build())
                        .getNextPageToken());
        names.put(
                "ListPinnedPlansRequest.page_token",
                stub.listPinnedPlans(ListPinnedPlansRequest.newBuilder()
                                .setPageSize(1)
                                .build())
                        .getNextPageToken());
        names.put(
                "ListReviewsRequest.page_token",
                stub.listReviews(ListReviewsRequest.newBuilder().setPageSize(1).build())
                        .getNextPageToken());
        if (names.containsValue("")) {
            throw new IllegalStateException("something is not there: " + names);
        }
        return new Owned(Map.copyOf(names));
    }

    /** Nobody is that sure. */
    private static Task doubtful() {
        Task.Builder task = Tasks.of(SECRET, 1).toBuilder();
        task.getConstraintsBuilder().setMinFieldConfidence(1);
        return task.build();
    }

    private static String upload(Doors doors, String token) throws IOException, InterruptedException {
        String body =
                "--x\r\nContent-Disposition: form-data; name=\"note\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n"
                        + SECRET + "\r\n--x--\r\n";
        HttpRequest.Builder request = doors.request("/v1/inputs")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        String answer = doors.send(request, List.of("Bearer " + token)).body();
        int start = answer.indexOf("sha256:");
        if (start < 0) {
            throw new IllegalStateException("the upload failed: " + answer);
        }
        return answer.substring(start, start + DIGEST);
    }

    /** What the field of a request takes. */
    String named(Reference reference) {
        return reference.names().stream()
                .filter(names::containsKey)
                .map(names::get)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing is owned that " + reference + " could name"));
    }

    /** By the variables of REST's paths. */
    Map<String, String> inPaths() {
        return Map.of(
                "task_id", names.getOrDefault("task_id", ""),
                "name", names.getOrDefault("name", ""),
                "key_id", names.getOrDefault("key_id", ""));
    }

    /** As they would be written, and nobody's. */
    static Map<String, String> ofNobody() {
        return Map.of("task_id", "00000000-0000-7000-8000-000000000000", "name", "kebt", "key_id", "0".repeat(20));
    }
}
