package dev.pinfactory.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class ChartTest {
    private static final Path CHART = Path.of("pinfactory");
    private static final Map<String, String> REQUIRED = Map.of(
            "authentication.issuer", "https://login.corp",
            "authentication.jwkSetUri", "https://login.corp/keys",
            "tls.secretName", "gateway-tls",
            "grants.secretName", "grants");

    @Test
    void lintsWithoutAWarning() {
        LintResult result = new Helm(CHART).lint().strict().call();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @Test
    void rendersEveryRoleAsStrictlyValidManifests() {
        List<Map<String, Object>> manifests = render(Map.of());

        manifests.forEach(ChartTest::checkStrictly);
        assertThat(manifests.stream().filter(manifest -> manifest.get("kind").equals("Deployment")))
                .extracting(deployment -> text(deployment, "metadata", "name"))
                .containsExactlyInAnyOrder(
                        "swarm-gateway", "swarm-orchestrator", "swarm-router", "swarm-registry", "swarm-host-default");
    }

    @Test
    void everyPodIsRestrictedHasProbesAndLimits() {
        for (Map<String, Object> deployment : deployments(render(Map.of()))) {
            Map<String, Object> pod = map(deployment, "spec", "template", "spec");
            assertThat(pod).containsEntry("automountServiceAccountToken", false);
            assertThat(map(pod, "securityContext"))
                    .containsEntry("runAsNonRoot", true)
                    .containsKey("seccompProfile");
            Map<String, Object> container = firstContainer(pod);
            assertThat(container).containsKeys("startupProbe", "readinessProbe", "livenessProbe");
            assertThat(map(container, "securityContext"))
                    .containsEntry("allowPrivilegeEscalation", false)
                    .containsEntry("readOnlyRootFilesystem", true)
                    .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
            assertThat(map(container, "resources", "limits")).containsKeys("cpu", "memory");
            assertThat((Integer) pod.get("terminationGracePeriodSeconds")).isGreaterThan(30);
        }
    }

    @Test
    void twoReplicasOfARoleGetADisruptionBudget() {
        List<Map<String, Object>> manifests = render(Map.of("roles.router.replicas", "2"));

        assertThat(manifests.stream().filter(manifest -> manifest.get("kind").equals("PodDisruptionBudget")))
                .extracting(budget -> text(budget, "metadata", "name"))
                .containsExactly("swarm-router");
    }

    @Test
    void networkIsClosedButForTheCallGraph() {
        List<String> policies = render(Map.of()).stream()
                .filter(manifest -> manifest.get("kind").equals("NetworkPolicy"))
                .map(policy -> text(policy, "metadata", "name"))
                .toList();

        assertThat(policies)
                .containsExactlyInAnyOrder(
                        "swarm-default-deny",
                        "swarm-to-gateway",
                        "swarm-to-orchestrator",
                        "swarm-gateway-to-orchestrator",
                        "swarm-to-router",
                        "swarm-orchestrator-to-router",
                        "swarm-to-registry",
                        "swarm-orchestrator-to-registry",
                        "swarm-router-to-registry",
                        "swarm-host-default-to-registry",
                        "swarm-to-host-default",
                        "swarm-orchestrator-to-host-default",
                        "swarm-orchestrator-to-issuer");
    }

    @Test
    void replicasWithAnH2FileAreRefused() {
        assertThatThrownBy(() -> render(Map.of("roles.orchestrator.replicas", "2")))
                .hasMessageContaining("postgresql.orchestratorUrl");
    }

    @Test
    void postgresqlTakesThePlaceOfTheVolumes() {
        List<Map<String, Object>> manifests = render(Map.of(
                "postgresql.orchestratorUrl", "jdbc:postgresql://postgres:5432/orchestrator",
                "postgresql.registryUrl", "jdbc:postgresql://postgres:5432/registry",
                "postgresql.secretName", "database",
                "roles.orchestrator.replicas", "3"));

        manifests.forEach(ChartTest::checkStrictly);
        assertThat(manifests).noneMatch(manifest -> manifest.get("kind").equals("PersistentVolumeClaim"));
        assertThat(new Gson().toJson(manifests))
                .contains("SPRING_DATASOURCE_PASSWORD", "PINFACTORY_ORCHESTRATOR_STORE_PASSWORD")
                .doesNotContain("\"password\":");
    }

    @Test
    void withoutAuthenticationNothingIsRendered() {
        assertThatThrownBy(() -> template(Map.of("tls.secretName", "x"), Map.of()))
                .hasMessageContaining("authentication");
    }

    @Test
    void rolesHaveTheirCertificatesWhereATrustDomainIsNamed() {
        List<Map<String, Object>> manifests = render(
                Map.of("peers.trustDomain", "example.org", "peers.secrets.host-default", "certificate-of-hosts"));

        manifests.forEach(ChartTest::checkStrictly);
        for (Map<String, Object> deployment : deployments(manifests)) {
            String name = text(deployment, "metadata", "name");
            Map<String, Object> pod = map(deployment, "spec", "template", "spec");
            Map<String, Object> container = firstContainer(pod);
            List<String> arguments = ((List<?>) container.get("args"))
                    .stream().map(Object::toString).toList();
            if (name.equals("swarm-gateway")) {
                assertThat(arguments).noneMatch(argument -> argument.contains("pinfactory.tls"));
                continue;
            }
            assertThat(arguments)
                    .contains(
                            "--pinfactory.tls.certificate=/peer/tls.crt",
                            "--pinfactory.tls.private-key=/peer/tls.key",
                            "--pinfactory.tls.authorities=/peer/ca.crt",
                            "--pinfactory.tls.trust-domain=example.org")
                    .noneMatch(argument -> argument.contains("trusted-network=true"));
            String secret = name.equals("swarm-host-default") ? "certificate-of-hosts" : name + "-peer";
            assertThat(new Gson().toJson(pod.get("volumes"))).contains("\"" + secret + "\"");
            // The orchestrator's own callers have tokens, and its server no certificate.
            assertThat(map(container, "readinessProbe"))
                    .containsKey(name.equals("swarm-orchestrator") ? "grpc" : "tcpSocket");
        }
    }

    @Test
    void withoutATrustDomainTheNetworkIsTrusted() {
        assertThat(new Gson().toJson(render(Map.of())))
                .contains("--pinfactory.registry.trusted-network\\u003dtrue")
                .doesNotContain("pinfactory.tls");
    }

    @Test
    void valueOfTheWrongTypeIsRefusedByTheSchema() {
        assertThatThrownBy(() -> render(Map.of("roles.router.replicas", "0"))).hasMessageContaining("replicas");
    }

    @Test
    void settingsOfARoleReachItsProcessAlone() {
        List<Map<String, Object>> manifests = render(Map.of(
                "roles.router.settings.pinfactory\\.router\\.llm\\.max-plan-tokens", "2000000",
                "roles.router.settings.pinfactory\\.router\\.llm\\.format", "json-object"));

        for (Map<String, Object> deployment : deployments(manifests)) {
            List<?> arguments = (List<?>)
                    firstContainer(map(deployment, "spec", "template", "spec")).get("args");
            boolean router = map(deployment, "metadata").get("name").toString().endsWith("router");
            assertThat(arguments.stream().map(Object::toString).filter(argument -> argument.contains("router.llm")))
                    .containsExactlyElementsOf(
                            router
                                    ? List.of(
                                            "--pinfactory.router.llm.format=json-object",
                                            "--pinfactory.router.llm.max-plan-tokens=2000000")
                                    : List.of());
        }
    }

    @Test
    void aSettingThatIsNotOursIsRefusedByTheSchema() {
        assertThatThrownBy(() -> render(Map.of("roles.router.settings.server\\.port", "1")))
                .hasMessageContaining("server.port");
    }

    @Test
    void noHostOutsideTheClusterIsNamed() {
        Pattern hosts = Pattern.compile("(docker|quay|ghcr|gcr|registry\\.k8s)\\.io|github\\.com|amazonaws");

        assertThat(hosts.matcher(new Gson().toJson(render(Map.of()))).find()).isFalse();
    }

    private static void checkStrictly(Map<String, Object> manifest) {
        JsonElement json = new Gson().toJsonTree(manifest);
        try {
            switch ((String) manifest.get("kind")) {
                case "Deployment" -> V1Deployment.validateJsonElement(json);
                case "Service" -> V1Service.validateJsonElement(json);
                case "ServiceAccount" -> V1ServiceAccount.validateJsonElement(json);
                case "NetworkPolicy" -> V1NetworkPolicy.validateJsonElement(json);
                case "PersistentVolumeClaim" -> V1PersistentVolumeClaim.validateJsonElement(json);
                case "PodDisruptionBudget" -> V1PodDisruptionBudget.validateJsonElement(json);
                default -> throw new AssertionError("no strict check for " + manifest.get("kind"));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Map<String, Object>> render(Map<String, String> more) {
        return template(REQUIRED, more);
    }

    private static List<Map<String, Object>> template(Map<String, String> required, Map<String, String> more) {
        TemplateCommand command = new Helm(CHART).template().withName("swarm");
        required.forEach(command::set);
        more.forEach(command::set);
        List<Map<String, Object>> manifests = new ArrayList<>();
        for (Object document : new Yaml().loadAll(command.call())) {
            if (document instanceof Map<?, ?> manifest) {
                manifests.add(cast(manifest));
            }
        }
        return manifests;
    }

    private static List<Map<String, Object>> deployments(List<Map<String, Object>> manifests) {
        return manifests.stream()
                .filter(manifest -> manifest.get("kind").equals("Deployment"))
                .toList();
    }

    private static Map<String, Object> firstContainer(Map<String, Object> pod) {
        return cast((Map<?, ?>) ((List<?>) pod.get("containers")).getFirst());
    }

    private static Map<String, Object> map(Map<String, Object> from, String... path) {
        Map<String, Object> at = from;
        for (String key : path) {
            at = cast((Map<?, ?>) at.get(key));
        }
        return at;
    }

    private static String text(Map<String, Object> from, String... path) {
        return (String)
                map(from, java.util.Arrays.copyOf(path, path.length - 1)).get(path[path.length - 1]);
    }

    @SuppressWarnings("unchecked") // YAML's keys are strings
    private static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
