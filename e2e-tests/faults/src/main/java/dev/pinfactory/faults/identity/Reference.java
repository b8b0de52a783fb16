package dev.pinfactory.faults.identity;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.pinfactory.faults.swarm.Tasks;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.AssessCardRequest;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.ContentRef;
import dev.pinfactory.proto.v1.DeletePinnedPlanRequest;
import dev.pinfactory.proto.v1.GetPinnedPlanRequest;
import dev.pinfactory.proto.v1.GoldenTask;
import dev.pinfactory.proto.v1.ListPinnedPlansRequest;
import dev.pinfactory.proto.v1.PinPlanRequest;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A field of a request that names something of a tenant's, and the fields that lead to it.
 *
 * @param method as in {@code package.Service/Method}
 */
record Reference(String method, Descriptor request, List<FieldDescriptor> path) {
    /** Messages through which a request reaches what it names. */
    private static final Set<Descriptor> ON_THE_WAY = Set.of(
            Task.getDescriptor(), Artifact.getDescriptor(), ContentRef.getDescriptor(), GoldenTask.getDescriptor());

    private static final Set<Descriptor> NAMED_BY_NAME = Set.of(
            GetPinnedPlanRequest.getDescriptor(),
            DeletePinnedPlanRequest.getDescriptor(),
            ListPinnedPlansRequest.getDescriptor());

    /** Whoever only plans does not look for the content of inputs. */
    private static final Set<String> READS_NO_CONTENT = Set.of("PlanTask", "PinPlan", "AssessCard");

    Reference {
        path = List.copyOf(path);
    }

    /** All there are, those last that erase. */
    static List<Reference> all() {
        List<Reference> found = new ArrayList<>();
        RunTaskRequest.getDescriptor()
                .getFile()
                .findServiceByName("SwarmService")
                .getMethods()
                .forEach(method -> search(method, method.getInputType(), List.of(), found));
        found.sort(Comparator.comparing(Reference::erases));
        return List.copyOf(found);
    }

    private boolean erases() {
        return method.contains("Delete") || method.contains("Revoke");
    }

    private static void search(
            MethodDescriptor method, Descriptor at, List<FieldDescriptor> path, List<Reference> found) {
        for (FieldDescriptor field : at.getFields()) {
            List<FieldDescriptor> longer = new ArrayList<>(path);
            longer.add(field);
            if (leadsOn(field, path)) {
                search(method, field.getMessageType(), longer, found);
            } else if (isReference(field) && !(isOfContent(field) && READS_NO_CONTENT.contains(method.getName()))) {
                found.add(new Reference(
                        method.getService().getFullName() + "/" + method.getName(), method.getInputType(), longer));
            }
        }
    }

    private static boolean leadsOn(FieldDescriptor field, List<FieldDescriptor> path) {
        // A golden task names its pinned plan beside the task, not in it.
        boolean golden = field.getContainingType().equals(GoldenTask.getDescriptor())
                && field.getName().equals("task");
        return !golden
                && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && ON_THE_WAY.contains(field.getMessageType())
                && path.stream().noneMatch(step -> step.getMessageType().equals(field.getMessageType()));
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

    /** The field, and where the same name means different things, the request before it. */
    List<String> names() {
        String name = path.getLast().getName();
        return List.of(request.getName() + "." + name, name);
    }

    /** As it would be written, and nobody's; empty for page tokens, which nobody makes up. */
    String nobodys(String owned) {
        if (path.getLast().getName().equals("page_token")) {
            return "";
        }
        int at = owned.length() - 2;
        return owned.substring(0, at) + (owned.charAt(at) == 'a' ? 'b' : 'a') + owned.substring(at + 1);
    }

    /** A request that is good but for what it names. */
    byte[] with(String value) throws InvalidProtocolBufferException {
        Message.Builder builder = DynamicMessage.parseFrom(request, usual()).toBuilder();
        Message.Builder at = builder;
        for (FieldDescriptor step : path.subList(0, path.size() - 1)) {
            at = inside(at, step);
        }
        at.setField(path.getLast(), value);
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

    /** What stands in the request besides. A pinned plan is in the place of the task's own. */
    private byte[] usual() {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(request);
        FieldDescriptor task = request.findFieldByName("task");
        if (task != null) {
            Task.Builder usual = Tasks.of("hello", 1).toBuilder();
            builder.setField(
                    task,
                    path.getLast().getName().equals("pinned_plan")
                            ? usual.clearPlan().build()
                            : usual.build());
        }
        if (request.equals(PinPlanRequest.getDescriptor())) {
            builder.setField(request.findFieldByName("name"), "another");
        }
        if (request.equals(AssessCardRequest.getDescriptor())) {
            builder.setField(
                    request.findFieldByName("card"),
                    Card.newBuilder()
                            .setContract(Tasks.contract().toBuilder().setId("another"))
                            .setVersion(Version.newBuilder().setNumber("2.0.0"))
                            .build());
        }
        return builder.build().toByteArray();
    }

    @Override
    public String toString() {
        return method + " with "
                + String.join(".", path.stream().map(FieldDescriptor::getName).toList());
    }
}
