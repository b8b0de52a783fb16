package dev.pinfactory.faults.swarm;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.util.Durations;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.RunTaskResponse;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One call of {@link WorkingSpecialist} by somebody who has little time, and how it ended. Times are of {@link System#nanoTime}.
 *
 * @param text that it is about
 * @param kind of hurry
 * @param allowed how long it could take
 * @param end when it was answered, or the caller hung up
 * @param ending in a word
 */
public record HurriedCall(String text, Kind kind, Duration allowed, long begin, long end, String ending) {
    private static final Duration USUAL = Duration.ofMillis(200);
    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final int LONG_WORK_MILLIS = 2_000;

    /** What keeps the caller. */
    public enum Kind {
        /** Nothing: there is time enough. */
        ENOUGH,
        /** The call's deadline comes first. */
        CALL_TOO_LONG,
        /** The task's own time limit comes first. */
        TASK_TOO_LONG,
        /** The caller hangs up. */
        HANGS_UP,
        /** The time is over almost before anything happens. */
        HARDLY_ANY
    }

    /** Makes the call of this number, and waits for its end. */
    public static HurriedCall make(ManagedChannel channel, long seed, int number) throws InterruptedException {
        Random random = new Random(seed + number);
        Kind kind = Kind.values()[number % Kind.values().length];
        Duration allowed = kind == Kind.HARDLY_ANY ? Duration.ofMillis(1 + random.nextInt(30)) : USUAL;
        int work = kind == Kind.ENOUGH ? 5 + random.nextInt(30) : LONG_WORK_MILLIS;
        String text = kind + "-" + number + ":" + work;
        Task task = Tasks.of(text, 1);
        if (kind == Kind.TASK_TOO_LONG) {
            task = task.toBuilder()
                    .setConstraints(task.getConstraints().toBuilder().setTimeout(Durations.fromNanos(USUAL.toNanos())))
                    .build();
        }
        Duration call = kind == Kind.TASK_TOO_LONG ? PATIENT : allowed;
        Duration hangUp = kind == Kind.HANGS_UP ? Duration.ofMillis(5 + random.nextInt(150)) : PATIENT;
        return ended(channel, task, new HurriedCall(text, kind, allowed, System.nanoTime(), 0, ""), call, hangUp);
    }

    private static HurriedCall ended(
            ManagedChannel channel, Task task, HurriedCall call, Duration deadline, Duration hangUp)
            throws InterruptedException {
        ListenableFuture<RunTaskResponse> answer = SwarmServiceGrpc.newFutureStub(channel)
                .withDeadlineAfter(deadline)
                .runTask(RunTaskRequest.newBuilder().setTask(task).build());
        try {
            TaskResult result =
                    answer.get(hangUp.toNanos(), TimeUnit.NANOSECONDS).getResult();
            return call.ended(result.getStatus() == TaskResult.Status.COMPLETE ? "COMPLETE" : reason(result));
        } catch (java.util.concurrent.TimeoutException e) {
            HurriedCall hungUp = call.ended("CANCELLED");
            answer.cancel(true);
            return hungUp;
        } catch (ExecutionException e) {
            return call.ended(Status.fromThrowable(e).getCode().name());
        } catch (CancellationException e) {
            throw new IllegalStateException("nobody else cancels", e);
        }
    }

    private HurriedCall ended(String how) {
        return new HurriedCall(text, kind, allowed, begin, System.nanoTime(), how);
    }

    private static String reason(TaskResult result) {
        String code = result.getError().getCode();
        boolean ofStep = code.isEmpty() && result.getStepsCount() > 0;
        return result.getStatus() + " " + (ofStep ? result.getSteps(0).getCode() : code);
    }

    public boolean complete() {
        return ending.equals("COMPLETE");
    }

    public boolean cancelled() {
        return kind == Kind.HANGS_UP;
    }

    /** Whether the time limit was the task's, not the call's. */
    public boolean byTask() {
        return kind == Kind.TASK_TOO_LONG;
    }

    /** Whether the end says what it was: done, hung up, or out of time. */
    public boolean typed() {
        return complete()
                || ending.equals("CANCELLED")
                || ending.equals("DEADLINE_EXCEEDED")
                || ending.endsWith(" DEADLINE_EXCEEDED")
                || ending.endsWith(" SPECIALIST_TIMEOUT");
    }
}
