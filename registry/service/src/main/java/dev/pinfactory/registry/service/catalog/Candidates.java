package dev.pinfactory.registry.service.catalog;

import static dev.pinfactory.proto.error.ErrorCode.ALREADY_EXISTS;
import static dev.pinfactory.proto.error.ErrorCode.FAILED_PRECONDITION;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Judgement;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.Version.State;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/** What a learner brings: new versions of contracts that are there, and what came of judging them. Each method is one transaction of the store. */
public final class Candidates {
    private final CatalogStore store;
    private final Clock clock;
    private final Admission admission = new Admission();

    public Candidates(CatalogStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** @param existed whether the very same was there already */
    public record Published(boolean existed, long revision) {}

    /** @param state of the version afterwards */
    public record Judged(State state, long revision) {}

    /** Publishes a version as CANDIDATE; it is alive nowhere until it is tried. */
    public Published publish(String id, String contractDigest, Version version) {
        Instant now = clock.instant();
        return store.change(catalog -> {
            Specialist specialist = Catalog.find(catalog, id);
            Contract contract = contract(specialist, contractDigest);
            Card card =
                    Card.newBuilder().setContract(contract).setVersion(version).build();
            admission.check(card);
            var there = specialist.find(version.getNumber());
            if (there.isPresent()) {
                checkSame(id, there.get(), contractDigest, version);
                return new Published(true, catalog.revision());
            }
            checkModel(catalog.rollout().modelSize(version.getModelDigest()), version);
            catalog.save(admission
                    .admit(specialist, card, "", now)
                    .mapVersion(version.getNumber(), PublishedVersion::missing));
            return new Published(false, catalog.revision());
        });
    }

    /** Keeps what came of comparing a version with the champion; one that failed is rejected. */
    public Judged judge(String id, String number, Judgement judgement, String report) {
        JudgementRules.check(judgement, report);
        Instant now = clock.instant();
        return store.change(catalog -> {
            Specialist specialist = Catalog.find(catalog, id);
            PublishedVersion version = Rollout.version(specialist, number);
            boolean said = catalog.rollout()
                    .verdict(id, number)
                    .filter(verdict -> verdict.counts() && verdict.judgement().equals(judgement))
                    .isPresent();
            if (said) {
                return new Judged(version.state(), catalog.revision());
            }
            JudgementRules.checkTimely(specialist, version, judgement);
            catalog.rollout().save(id, number, judgement, report, now);
            if (judgement.getPassed()) {
                return new Judged(version.state(), catalog.revision());
            }
            String reason = "judged and not passed: " + JudgementRules.why(judgement);
            VersionMoves.apply(
                    catalog, Rollout.move(specialist, number, State.REJECTED, 0, judgement.getJudge(), reason), now);
            return new Judged(State.REJECTED, catalog.revision());
        });
    }

    /** A learner brings no contract of its own: what is planned for and served stays what hosts have said. */
    private static Contract contract(Specialist specialist, String digest) {
        return specialist.versions().reversed().stream()
                .filter(version -> version.contractDigest().equals(digest))
                .map(PublishedVersion::contract)
                .findFirst()
                .orElseThrow(() -> new PinfactoryException(
                        FAILED_PRECONDITION,
                        "no version of '" + specialist.id() + "' has the contract '" + digest + "'",
                        List.of(new FieldViolation(
                                "contract_digest",
                                "expected one of "
                                        + new TreeSet<>(specialist.versions().stream()
                                                .map(PublishedVersion::contractDigest)
                                                .toList())))));
    }

    private static void checkSame(String id, PublishedVersion there, String contractDigest, Version version) {
        if (there.version().equals(version) && there.contractDigest().equals(contractDigest)) {
            return;
        }
        List<FieldViolation> differences = Version.getDescriptor().getFields().stream()
                .filter(field -> !there.version().getField(field).equals(version.getField(field)))
                .map(field -> new FieldViolation("version." + field.getName(), "is not what was published"))
                .toList();
        throw new PinfactoryException(
                ALREADY_EXISTS,
                "version " + there.number() + " of '" + id
                        + "' is published with another content; give the new one a new version number",
                differences.isEmpty()
                        ? List.of(new FieldViolation("contract_digest", "was '" + there.contractDigest() + "'"))
                        : differences);
    }

    private static void checkModel(OptionalLong stored, Version version) {
        if (stored.isEmpty()) {
            throw new PinfactoryException(
                    FAILED_PRECONDITION,
                    "there is no model '" + version.getModelDigest() + "'; put its bytes first",
                    List.of(new FieldViolation("version.model_digest", "is of no model that was put")));
        }
        if (stored.getAsLong() != version.getModelBytes()) {
            throw new PinfactoryException(
                    FAILED_PRECONDITION,
                    "the model has " + stored.getAsLong() + " bytes, not " + version.getModelBytes(),
                    List.of(new FieldViolation("version.model_bytes", "expected " + stored.getAsLong())));
        }
    }
}
