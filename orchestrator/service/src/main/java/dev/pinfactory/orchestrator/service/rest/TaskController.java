package dev.pinfactory.orchestrator.service.rest;

import com.google.protobuf.MessageOrBuilder;
import dev.pinfactory.orchestrator.service.content.ContentLimits;
import dev.pinfactory.orchestrator.service.content.ContentStore;
import dev.pinfactory.orchestrator.service.plan.Specialists;
import dev.pinfactory.orchestrator.service.task.Caller;
import dev.pinfactory.orchestrator.service.task.TaskRecords;
import dev.pinfactory.orchestrator.service.task.TaskService;
import dev.pinfactory.orchestrator.service.task.Tenants;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ContentRef;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** SwarmService over REST. Routes stand in the contracts' annotations; a test compares. */
@RestController
class TaskController {
    private static final Set<String> TEXT_TYPES = Set.of("text/plain", "text/markdown", "text/csv");

    private final TaskService tasks;
    private final TaskRecords records;
    private final Specialists specialists;
    private final Tenants tenants;
    private final Uploads uploads;

    TaskController(
            TaskService tasks,
            TaskRecords records,
            Specialists specialists,
            Tenants tenants,
            ContentStore content,
            ContentLimits limits) {
        this.tasks = tasks;
        this.records = records;
        this.specialists = specialists;
        this.tenants = tenants;
        this.uploads = new Uploads(content, limits);
    }

    @PostMapping(path = "/v1/tasks", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> run(HttpServletRequest request) {
        return run(request, caller(request), Bodies.task(request));
    }

    /** The task with its files in one body: each file becomes the input that its part is named after. */
    @PostMapping(path = "/v1/tasks", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<String> runWithFiles(HttpServletRequest request) {
        Caller caller = caller(request);
        Uploads.Received received = uploads.receive(caller.tenant(), request, true);
        byte[] json = received.task()
                .orElseThrow(() -> PinfactoryException.of(
                        ErrorCode.INVALID_ARGUMENT, "task", "is missing; expected a part with the task as JSON"));
        return run(request, caller, withFiles(Bodies.task(json), received.inputs()));
    }

    private ResponseEntity<String> run(HttpServletRequest request, Caller caller, Task task) {
        if (!prefersAsync(request)) {
            return json(tasks.run(caller, task, Connection.of(request)));
        }
        TaskService.Submitted submitted = tasks.submit(caller, task);
        TaskResult accepted = TaskResult.newBuilder()
                .setTaskId(submitted.taskId())
                .setState(TaskResult.State.QUEUED)
                .build();
        String body = "{\"taskId\": \"" + accepted.getTaskId() + "\", \"state\": \"" + accepted.getState() + "\"}";
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header("Location", "/v1/tasks/" + submitted.taskId())
                .header("Preference-Applied", "respond-async")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    @GetMapping("/v1/tasks")
    ResponseEntity<String> list(@RequestParam MultiValueMap<String, String> query) {
        return json(records.list(tenants.current(), ListQuery.tasks(query)));
    }

    @GetMapping("/v1/tasks/{task_id}")
    ResponseEntity<String> get(@PathVariable("task_id") String taskId) {
        return json(records.get(tenants.current(), taskId));
    }

    @PostMapping("/v1/tasks/{task_id}/cancel")
    ResponseEntity<String> cancel(@PathVariable("task_id") String taskId) {
        return json(records.cancel(tenants.current(), taskId));
    }

    @DeleteMapping("/v1/tasks/{task_id}")
    ResponseEntity<Void> delete(@PathVariable("task_id") String taskId) {
        records.delete(tenants.current(), taskId);
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = "/v1/plans", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> plan(HttpServletRequest request) {
        return json(tasks.plan(caller(request), Bodies.task(request)));
    }

    @GetMapping("/v1/specialists")
    ResponseEntity<String> specialists() {
        tenants.current();
        return json(specialists.list());
    }

    @PostMapping(path = "/v1/inputs", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<String> upload(HttpServletRequest request) {
        Map<String, ContentRef> inputs =
                uploads.receive(tenants.current(), request, false).inputs();
        StringBuilder json = new StringBuilder("{\"inputs\": {");
        inputs.forEach((name, ref) -> {
            String separator = json.charAt(json.length() - 1) == '{' ? "" : ", ";
            json.append(separator).append(ProtoJson.quoted(name)).append(": ").append(ProtoJson.line(ref));
        });
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.append("}}").toString());
    }

    /** A file for an input that the task describes fills it; any other is added, as a text or a document by its media type. */
    private static Task withFiles(Task task, Map<String, ContentRef> files) {
        Task.Builder complete = task.toBuilder();
        files.forEach((name, ref) -> {
            Optional<Artifact.Builder> described = complete.getInputsBuilderList().stream()
                    .filter(input -> input.getName().equals(name))
                    .findFirst();
            Artifact.Builder input = described.orElseGet(
                    () -> complete.addInputsBuilder().setName(name).setType(type(ref.getMediaType())));
            input.setRef(ref);
        });
        return complete.build();
    }

    private static String type(String mediaType) {
        if (mediaType.startsWith("image/")) {
            return "image";
        }
        String bare = mediaType.split(";", 2)[0].strip();
        return TEXT_TYPES.contains(bare) ? "text" : "document";
    }

    private Caller caller(HttpServletRequest request) {
        return new Caller(
                tenants.current(), Optional.ofNullable(request.getHeader("Idempotency-Key")), Optional.empty());
    }

    /** RFC 7240. */
    private static boolean prefersAsync(HttpServletRequest request) {
        List<String> preferences = java.util.Collections.list(request.getHeaders("Prefer"));
        return preferences.stream()
                .flatMap(header -> java.util.Arrays.stream(header.split(",")))
                .anyMatch(preference -> preference.strip().equalsIgnoreCase("respond-async"));
    }

    private static ResponseEntity<String> json(MessageOrBuilder message) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(ProtoJson.write(message));
    }
}
