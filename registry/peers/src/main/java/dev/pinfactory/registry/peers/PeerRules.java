package dev.pinfactory.registry.peers;

import static dev.pinfactory.registry.peers.Peer.Role.HOST;
import static dev.pinfactory.registry.peers.Peer.Role.LEARNER;
import static dev.pinfactory.registry.peers.Peer.Role.OPERATOR;
import static dev.pinfactory.registry.peers.Peer.Role.ORCHESTRATOR;
import static dev.pinfactory.registry.peers.Peer.Role.REGISTRY;
import static dev.pinfactory.registry.peers.Peer.Role.ROUTER;
import static dev.pinfactory.registry.peers.Peer.Role.SPECIALIST;

import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which role may call which method of another, and who may serve it. What is not here nobody calls. */
final class PeerRules {
    private static final Set<Peer.Role> ALL = EnumSet.allOf(Peer.Role.class);
    private static final Set<Peer.Role> READERS = Set.of(ORCHESTRATOR, ROUTER, HOST, SPECIALIST, LEARNER, OPERATOR);
    private static final Set<Peer.Role> SERVERS = Set.of(HOST, SPECIALIST);

    private static final String HEALTH = "grpc.health.v1.Health";
    private static final String ROUTER_SERVICE = "pinfactory.v1.RouterService";
    private static final String REGISTRY_SERVICE = "pinfactory.v1.RegistryService";
    private static final String SPECIALIST_SERVICE = "pinfactory.v1.SpecialistService";

    private static final Map<String, Set<Peer.Role>> CALLERS = Map.ofEntries(
            Map.entry(ROUTER_SERVICE + "/Plan", Set.of(ORCHESTRATOR)),
            Map.entry(ROUTER_SERVICE + "/TryCard", Set.of(ORCHESTRATOR)),
            Map.entry(SPECIALIST_SERVICE + "/Infer", Set.of(ORCHESTRATOR)),
            Map.entry(SPECIALIST_SERVICE + "/InferByReference", Set.of(ORCHESTRATOR)),
            Map.entry(SPECIALIST_SERVICE + "/Describe", Set.of(ORCHESTRATOR, OPERATOR)),
            Map.entry(REGISTRY_SERVICE + "/Register", SERVERS),
            Map.entry(REGISTRY_SERVICE + "/KeepAlive", SERVERS),
            Map.entry(REGISTRY_SERVICE + "/Deregister", SERVERS),
            Map.entry(REGISTRY_SERVICE + "/Watch", READERS),
            Map.entry(REGISTRY_SERVICE + "/ListEntries", READERS),
            Map.entry(REGISTRY_SERVICE + "/GetModel", READERS),
            Map.entry(REGISTRY_SERVICE + "/PutModel", Set.of(LEARNER, OPERATOR)),
            Map.entry(REGISTRY_SERVICE + "/PublishVersion", Set.of(LEARNER)),
            Map.entry(REGISTRY_SERVICE + "/RecordJudgement", Set.of(LEARNER)),
            Map.entry(REGISTRY_SERVICE + "/GetJudgement", Set.of(OPERATOR)),
            Map.entry(REGISTRY_SERVICE + "/ReportOutcomes", Set.of(ORCHESTRATOR)),
            Map.entry(REGISTRY_SERVICE + "/ListRollouts", Set.of(OPERATOR)),
            Map.entry(REGISTRY_SERVICE + "/ListAudit", Set.of(OPERATOR)),
            Map.entry(REGISTRY_SERVICE + "/SetVersionState", Set.of(OPERATOR)),
            Map.entry(REGISTRY_SERVICE + "/RollBack", Set.of(OPERATOR)),
            Map.entry(HEALTH + "/Check", ALL),
            Map.entry(HEALTH + "/Watch", ALL),
            Map.entry(HEALTH + "/List", ALL),
            Map.entry("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", Set.of(OPERATOR)),
            Map.entry("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", Set.of(OPERATOR)));

    private static final Map<String, Set<Peer.Role>> SERVED_BY = Map.of(
            ROUTER_SERVICE,
            Set.of(ROUTER),
            REGISTRY_SERVICE,
            Set.of(REGISTRY),
            SPECIALIST_SERVICE,
            SERVERS,
            HEALTH,
            ALL);

    private PeerRules() {}

    /** @param method as in {@code package.Service/Method} */
    static boolean mayCall(Peer caller, String method) {
        return CALLERS.getOrDefault(method, Set.of()).contains(caller.role());
    }

    /** @param service as in {@code package.Service}; null has none */
    static boolean mayServe(Peer server, @Nullable String service) {
        return SERVED_BY
                .getOrDefault(Objects.requireNonNullElse(service, ""), Set.of())
                .contains(server.role());
    }
}
