package dev.pinfactory.orchestrator.service.store;

import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.TaskSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tasks on disk. Every method is one transaction, committed when it returns. A task of another tenant is a task that does not exist.
 * A task that has ended is never written again, only erased.
 */
public interface TaskStore {
    /** What the key was used for before; empty while it is free. */
    Optional<Acceptance.KeyUsed> find(String tenant, IdempotencyKey key, Instant now);

    /** Accepts a task, claimed by its owner from the start; or says what its idempotency key was used for before. */
    Acceptance accept(NewTask task, Lease lease);

    /** Claims open tasks whose lease is over, the most urgent first. */
    List<Claim> claimAbandoned(Lease lease, Instant now, int limit);

    /**
     * Renews the leases of these tasks, and answers which of them somebody wants cancelled. Only tasks that really run are named here: one
     * that its process lost sight of (a commit that was reported as failed) runs out of its lease, and is found again.
     */
    Set<String> renew(Lease lease, Set<String> taskIds);

    /** Gives the owner's leases up at once, so that others can go on without waiting. */
    void release(String owner, Instant now);

    /**
     * The task with its journal.
     *
     * @throws FencedException when the claim is over
     */
    OpenTask load(Claim claim);

    /**
     * Writes a run's progress.
     *
     * @throws FencedException when the claim is over, or the task has ended: nothing was written
     */
    void commit(Claim claim, Progress progress);

    /** Writes a task that ran unwritten, as a whole. */
    void record(NewTask task, Progress ended);

    Optional<TaskResult> find(String tenant, String taskId);

    /** The task as it was accepted, for whoever wants to know what is asked for. */
    Optional<Task> request(String tenant, String taskId);

    List<TaskSummary> list(String tenant, TaskFilter filter, int limit);

    /** In sequence, without gaps. */
    List<TaskEvent> events(String tenant, String taskId, long afterSequence, int limit);

    /** Asks whoever runs the task to cancel it; nothing happens to an ended one. False when there is no such task. */
    boolean requestCancel(String tenant, String taskId);

    /**
     * Erases a task with its events, journal, outbox and the content that no other task refers to. Answers the digests of that content. Where the task could be learnt
     * from, the outbox says that it was erased: others have copies.
     */
    Optional<Set<String>> delete(String tenant, String taskId, Instant now);

    /** Erases tasks that were kept long enough, and idempotency keys that are over. Answers how many tasks, at most the limit. */
    int expire(Retention retention, Instant now, int limit);

    /**
     * Who runs tasks, and until when it counts as alive without another word.
     *
     * @param owner one process's life; a restarted process is another owner
     */
    record Lease(String owner, Instant until) {}
}
