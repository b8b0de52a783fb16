package dev.pinfactory.registry.service.catalog;

import static dev.pinfactory.proto.error.ErrorCode.ALREADY_EXISTS;
import static dev.pinfactory.proto.error.ErrorCode.FAILED_PRECONDITION;
import static dev.pinfactory.proto.error.ErrorCode.INVALID_ARGUMENT;
import static dev.pinfactory.proto.error.ErrorCode.NOT_FOUND;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.TypeDeclaration;
import dev.pinfactory.proto.v1.Version;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/** Which specialists exist, in which versions, and where they are alive. Each method is one transaction of the store. */
public final class Catalog {
    /** Who moves what no person moved. */
    public static final String REGISTRY = "registry";

    private static final int MAX_NAME = 128;
    private static final int MAX_REASON = 4000;

    private final CatalogStore store;
    private final CatalogRules rules;
    private final Clock clock;
    private final Admission admission = new Admission();

    public Catalog(CatalogStore store, CatalogRules rules, Clock clock) {
        this.store = store;
        this.rules = rules;
        this.clock = clock;
    }

    /** The catalogue's revision with this lease in it. */
    public record Registered(Lease lease, long revision) {}

    /** Publishes the cards, all or none, and grants the endpoint a lease for them. The same instance gives up its former lease. */
    public Registered register(List<Card> cards, Endpoint endpoint, Duration asked) {
        checkEndpoint(endpoint);
        admission.check(cards);
        Instant now = clock.instant();
        Duration length = rules.grant(asked);
        List<Lease.Served> serves = cards.stream()
                .map(card -> new Lease.Served(
                        card.getContract().getId(), card.getVersion().getNumber()))
                .toList();
        Lease lease = new Lease(UUID.randomUUID().toString(), endpoint, serves, length, now.plus(length));
        return store.change(catalog -> {
            Map<String, Specialist> touched = new LinkedHashMap<>();
            catalog.leaseOf(endpoint.getInstance()).ifPresent(former -> release(catalog, former, touched, now));
            for (int i = 0; i < cards.size(); i++) {
                publish(catalog, cards.get(i), "cards[" + i + "].", serves, touched, now);
            }
            touched.values().forEach(catalog::save);
            catalog.save(lease);
            return new Registered(lease, catalog.revision());
        });
    }

    /** How long the lease holds from now on. */
    public Duration keepAlive(String leaseId) {
        return store.renew(leaseId, clock.instant())
                .orElseThrow(() -> new PinfactoryException(
                        NOT_FOUND, "there is no such lease, or it has expired; register again"));
    }

    /** Ends a lease; one that is gone already has ended well. */
    public void deregister(String leaseId) {
        Instant now = clock.instant();
        store.change(catalog -> {
            catalog.lease(leaseId).ifPresent(lease -> {
                Map<String, Specialist> touched = new LinkedHashMap<>();
                release(catalog, lease, touched, now);
                touched.values().forEach(catalog::save);
            });
            return catalog.revision();
        });
    }

    /** Ends what time has ended: leases, the presence of versions, and ids that were never used. */
    public void sweep() {
        Instant now = clock.instant();
        store.change(catalog -> {
            Map<String, Specialist> touched = new LinkedHashMap<>();
            catalog.expired(now).forEach(lease -> release(catalog, lease, touched, now));
            Instant unseenSince = now.minus(rules.absence());
            for (String id : catalog.unseenSince(unseenSince)) {
                Specialist specialist = specialist(catalog, id, touched);
                for (PublishedVersion version : specialist.versions()) {
                    if (!version.absent()
                            && version.lastSeen().isBefore(unseenSince)
                            && !catalog.isAlive(id, version.number())) {
                        specialist = specialist.with(version.missing());
                    }
                }
                touched.put(id, specialist);
            }
            touched.values().forEach(catalog::save);
            catalog.forgettableSince(now.minus(rules.forgetAfter())).forEach(catalog::remove);
            return catalog.revision();
        });
    }

    /** Gives expired leases their whole length again: while the registry was down nobody could renew. For its start. */
    public void forgiveLeases() {
        Instant now = clock.instant();
        store.change(catalog -> catalog.expired(now)).forEach(lease -> store.renew(lease.id(), now));
    }

    /** Moves a version, with the former champion where there is one. */
    public long move(
            String specialist, String number, Version.State to, int weightPercent, String actor, String reason) {
        checkMove(to, actor, reason);
        Instant now = clock.instant();
        return store.change(catalog -> {
            Specialist found = find(catalog, specialist);
            Rollout rollout = Rollout.move(found, number, to, weightPercent, actor, reason);
            VersionMoves.apply(catalog, rollout, now);
            return catalog.revision();
        });
    }

    /**
     * Rejects a version that is tried or in use; instead of a champion the one that it followed is champion again.
     *
     * @param number empty for the champion
     */
    public long rollBack(String specialist, String number, String actor, String reason) {
        checkMove(Version.State.REJECTED, actor, reason);
        Instant now = clock.instant();
        return store.change(catalog -> {
            Specialist found = find(catalog, specialist);
            String version = number.isEmpty()
                    ? found.champion()
                            .map(PublishedVersion::number)
                            .orElseThrow(() -> new PinfactoryException(
                                    FAILED_PRECONDITION, "'" + specialist + "' has no champion; name a version"))
                    : number;
            var former = catalog.rollout().stages(specialist).stream()
                    .filter(stage -> stage.number().equals(version))
                    .findFirst()
                    .flatMap(Stage::rival);
            VersionMoves.apply(catalog, Rollout.back(found, version, former, actor, reason), now);
            return catalog.revision();
        });
    }

    static Specialist find(CatalogTransaction catalog, String id) {
        return catalog.find(id)
                .orElseThrow(() -> new PinfactoryException(NOT_FOUND, "there is no specialist '" + id + "'"));
    }

    private void publish(
            CatalogTransaction catalog,
            Card card,
            String at,
            List<Lease.Served> serves,
            Map<String, Specialist> touched,
            Instant now) {
        String id = card.getContract().getId();
        String number = card.getVersion().getNumber();
        Specialist before = specialist(catalog, id, touched);
        if (before.versions().isEmpty() && catalog.size() + added(catalog, touched) >= rules.maxSpecialists()) {
            throw new PinfactoryException(
                    FAILED_PRECONDITION, "the catalogue holds " + rules.maxSpecialists() + " specialists, its limit");
        }
        declareTypes(catalog, card, at);
        Specialist after = admission.admit(before, card, at, now).mapVersion(number, version -> version.seen(now));
        touched.put(id, rules.admitAtOnce() ? admitAtOnce(catalog, after, number, serves, now) : after);
    }

    private static long added(CatalogTransaction catalog, Map<String, Specialist> touched) {
        return touched.keySet().stream()
                .filter(id -> catalog.find(id).isEmpty())
                .count();
    }

    /** For development: what registers is used, unless something else is in service and alive, or will be as soon as a host has fetched it. */
    private static Specialist admitAtOnce(
            CatalogTransaction catalog, Specialist specialist, String number, List<Lease.Served> serves, Instant now) {
        PublishedVersion version = specialist.find(number).orElseThrow();
        boolean championStays = specialist
                .champion()
                .filter(champion -> champion.number().equals(number)
                        || serves.contains(new Lease.Served(specialist.id(), champion.number()))
                        || catalog.isAlive(specialist.id(), champion.number())
                        || catalog.rollout()
                                .modelSize(champion.version().getModelDigest())
                                .isPresent())
                .isPresent();
        if (championStays || !VersionStates.allows(version.state(), Version.State.CHAMPION)) {
            return specialist;
        }
        Rollout rollout =
                Rollout.move(specialist, number, Version.State.CHAMPION, 0, REGISTRY, "admitted at once: development");
        VersionMoves.record(catalog, rollout, now);
        return rollout.specialist();
    }

    private static void declareTypes(CatalogTransaction catalog, Card card, String at) {
        List<TypeDeclaration> types = card.getContract().getTypesList();
        for (int i = 0; i < types.size(); i++) {
            TypeDeclaration type = types.get(i);
            var declared = catalog.type(type.getName());
            if (declared.isEmpty()) {
                catalog.declare(type, card.getContract().getId());
            } else if (!declared.get().equals(type)) {
                String message = "type '" + type.getName() + "' is declared already, with another schema or parent";
                throw new PinfactoryException(
                        ALREADY_EXISTS,
                        message,
                        List.of(new FieldViolation(at + "contract.types[" + i + "]", message)));
            }
        }
    }

    /** Ends a lease. Its versions were seen until now. */
    private static void release(CatalogTransaction catalog, Lease lease, Map<String, Specialist> touched, Instant now) {
        catalog.end(lease);
        for (Lease.Served served : lease.serves()) {
            Specialist specialist = specialist(catalog, served.specialist(), touched);
            touched.put(specialist.id(), specialist.mapVersion(served.number(), version -> version.seen(now)));
        }
    }

    private static Specialist specialist(CatalogTransaction catalog, String id, Map<String, Specialist> touched) {
        Specialist already = touched.get(id);
        return already != null ? already : catalog.find(id).orElse(Specialist.unknown(id));
    }

    private static void checkEndpoint(Endpoint endpoint) {
        List<FieldViolation> violations = new ArrayList<>();
        checkName("endpoint.address", endpoint.getAddress(), violations);
        checkName("endpoint.instance", endpoint.getInstance(), violations);
        if (endpoint.getCapacity() < 0) {
            violations.add(new FieldViolation("endpoint.capacity", "is negative; 0 means not said"));
        }
        if (!violations.isEmpty()) {
            throw new PinfactoryException(INVALID_ARGUMENT, "the endpoint is not usable", violations);
        }
    }

    private static void checkName(String field, String value, List<FieldViolation> violations) {
        if (value.isBlank() || value.length() > MAX_NAME) {
            violations.add(
                    new FieldViolation(field, "has " + value.length() + " characters, expected 1 to " + MAX_NAME));
        }
    }

    static void checkMove(Version.State to, String actor, String reason) {
        List<FieldViolation> violations = new ArrayList<>();
        if (to == Version.State.STATE_UNSPECIFIED || to == Version.State.UNRECOGNIZED) {
            violations.add(
                    new FieldViolation("state", "is not given, expected one of " + new TreeSet<>(VersionStates.all())));
        }
        checkName("actor", actor, violations);
        if (reason.length() > MAX_REASON) {
            violations.add(
                    new FieldViolation("reason", "has " + reason.length() + " characters, at most " + MAX_REASON));
        }
        if (!violations.isEmpty()) {
            throw new PinfactoryException(INVALID_ARGUMENT, "the move is incomplete", violations);
        }
    }
}
