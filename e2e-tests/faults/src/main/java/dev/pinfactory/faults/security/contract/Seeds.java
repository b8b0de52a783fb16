package dev.pinfactory.faults.security.contract;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import dev.pinfactory.faults.swarm.Tasks;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.NewApiKey;
import dev.pinfactory.proto.v1.Task;
import java.util.Map;
import java.util.Optional;

/** Messages that mean something, by their full names: what is made of descriptors alone is refused at the first field. */
final class Seeds {
    private static final Task TASK = Tasks.of("hello", 1).toBuilder()
            .setConstraints(
                    Constraints.newBuilder().setTimeout(Duration.newBuilder().setSeconds(1)))
            .build();
    private static final Map<String, Message> ALL = Map.of(
            Task.getDescriptor().getFullName(),
            TASK,
            NewApiKey.getDescriptor().getFullName(),
            NewApiKey.newBuilder().setName("key").addRoles("caller").build());

    private Seeds() {}

    static Task task() {
        return TASK;
    }

    static Optional<Message> of(String message) {
        return Optional.ofNullable(ALL.get(message));
    }
}
