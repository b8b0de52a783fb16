package dev.pinfactory.registry.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.RegisterRequest;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PeerRulesTest {
    private static Stream<ServiceDescriptor> services() {
        return Stream.of(InferRequest.getDescriptor(), PlanRequest.getDescriptor(), RegisterRequest.getDescriptor())
                .flatMap(message -> message.getFile().getServices().stream());
    }

    private static Set<Peer.Role> callers(String method) {
        return EnumSet.allOf(Peer.Role.class).stream()
                .filter(role -> PeerRules.mayCall(new Peer("acme", role, "a"), method))
                .collect(Collectors.toSet());
    }

    @Test
    void everyMethodBetweenRolesHasARule() {
        assertThat(services())
                .hasSize(3)
                .allSatisfy(service -> assertThat(service.getMethods())
                        .allSatisfy(method -> assertThat(callers(service.getFullName() + "/" + method.getName()))
                                .as(method.getFullName())
                                .isNotEmpty()));
    }

    @Test
    void onlyAnOrchestratorHasSpecialistsWorkAndNobodyCallsWhatHasNoRule() {
        assertThat(callers("pinfactory.v1.SpecialistService/Infer")).containsExactly(Peer.Role.ORCHESTRATOR);
        assertThat(callers("pinfactory.v1.SpecialistService/InferByReference")).containsExactly(Peer.Role.ORCHESTRATOR);
        assertThat(callers("pinfactory.v1.RegistryService/SetVersionState")).containsExactly(Peer.Role.OPERATOR);
        assertThat(callers("pinfactory.v1.SwarmService/RunTask")).isEmpty();
    }

    @Test
    void aLearnerBringsVersionsAndMovesNone() {
        String registry = "pinfactory.v1.RegistryService/";
        assertThat(callers(registry + "PublishVersion")).containsExactly(Peer.Role.LEARNER);
        assertThat(callers(registry + "RecordJudgement")).containsExactly(Peer.Role.LEARNER);
        assertThat(callers(registry + "PutModel")).containsExactlyInAnyOrder(Peer.Role.LEARNER, Peer.Role.OPERATOR);
        assertThat(callers(registry + "ReportOutcomes")).containsExactly(Peer.Role.ORCHESTRATOR);
        assertThat(callers(registry + "RollBack")).containsExactly(Peer.Role.OPERATOR);
        assertThat(callers(registry + "Register")).doesNotContain(Peer.Role.LEARNER);
        assertThat(PeerRules.mayServe(new Peer("acme", Peer.Role.LEARNER, ""), "pinfactory.v1.SpecialistService"))
                .isFalse();
    }

    @Test
    void aServerServesWhatItsRoleIsFor() {
        assertThat(PeerRules.mayServe(new Peer("acme", Peer.Role.SPECIALIST, "a"), "pinfactory.v1.RouterService"))
                .isFalse();
        assertThat(PeerRules.mayServe(new Peer("acme", Peer.Role.HOST, ""), "pinfactory.v1.SpecialistService"))
                .isTrue();
        assertThat(PeerRules.mayServe(new Peer("acme", Peer.Role.OPERATOR, ""), null))
                .isFalse();
    }
}
