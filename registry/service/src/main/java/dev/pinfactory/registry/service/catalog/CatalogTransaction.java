package dev.pinfactory.registry.service.catalog;

import dev.pinfactory.proto.v1.TypeDeclaration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a change of the catalogue may read and write. */
public interface CatalogTransaction {
    Optional<Specialist> find(String id);

    int size();

    /** Writes a specialist, at a revision of its own. */
    void save(Specialist specialist);

    /** Removes a specialist and the types that it declared. */
    void remove(String specialist);

    /** The type of this name, whoever declared it. */
    Optional<TypeDeclaration> type(String name);

    void declare(TypeDeclaration type, String specialist);

    Optional<Lease> lease(String id);

    Optional<Lease> leaseOf(String instance);

    void save(Lease lease);

    void end(Lease lease);

    /** Whether any lease serves this version. */
    boolean isAlive(String specialist, String number);

    List<Lease> expired(Instant now);

    /** Ids of specialists with a version that is alive nowhere, was last seen before this moment, and does not say so yet. */
    List<String> unseenSince(Instant moment);

    /** Ids of specialists that have only candidates, all of them absent and last seen before this moment. */
    List<String> forgettableSince(Instant moment);

    /** Writes a move to the audit log, with what was known in the stage that it ended, and to the outbox. */
    void record(VersionMove move, Optional<Stage> ended, Instant at);

    /** Judgements, stages and reports, in the same transaction. */
    RolloutRecords rollout();

    /** The revision of the last save or removal, or of the catalogue before it. */
    long revision();
}
