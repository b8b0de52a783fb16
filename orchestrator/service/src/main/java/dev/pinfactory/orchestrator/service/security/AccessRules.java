package dev.pinfactory.orchestrator.service.security;

import static dev.pinfactory.orchestrator.service.security.Role.CALLER;
import static dev.pinfactory.orchestrator.service.security.Role.LEARNER;
import static dev.pinfactory.orchestrator.service.security.Role.OPERATOR;
import static dev.pinfactory.orchestrator.service.security.Role.PLATFORM;
import static dev.pinfactory.orchestrator.service.security.Role.REVIEWER;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.pinfactory.proto.events.v1.EventServiceOuterClass;
import dev.pinfactory.proto.v1.SwarmServiceOuterClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;

/**
 * Who may call what: one table for gRPC and REST, whose paths stand in the contract. A method without a rule, or a rule without a method, stops the start,
 * and with it every build that has one.
 */
final class AccessRules {
    private static final Map<String, Set<Role>> SWARM = Map.ofEntries(
            Map.entry("RunTask", Set.of(CALLER)),
            Map.entry("SubmitTask", Set.of(CALLER)),
            Map.entry("StreamTask", Set.of(CALLER)),
            Map.entry("WatchTask", Set.of(CALLER)),
            Map.entry("GetTask", Set.of(CALLER, REVIEWER)),
            Map.entry("ListTasks", Set.of(CALLER, REVIEWER)),
            Map.entry("CancelTask", Set.of(CALLER)),
            Map.entry("DeleteTask", Set.of(CALLER)),
            Map.entry("CreateApiKey", Set.of(PLATFORM, OPERATOR)),
            Map.entry("ListApiKeys", Set.of(PLATFORM, OPERATOR)),
            Map.entry("RevokeApiKey", Set.of(PLATFORM, OPERATOR)),
            Map.entry("GetUsage", Set.of(CALLER, PLATFORM, OPERATOR)),
            Map.entry("GiveFeedback", Set.of(CALLER, REVIEWER)),
            Map.entry("ListReviews", Set.of(REVIEWER)),
            Map.entry("ClaimReview", Set.of(REVIEWER)),
            Map.entry("ResolveReview", Set.of(REVIEWER)),
            Map.entry("PlanTask", Set.of(CALLER, PLATFORM)),
            Map.entry("PinPlan", Set.of(PLATFORM)),
            Map.entry("GetPinnedPlan", Set.of(CALLER, PLATFORM)),
            Map.entry("ListPinnedPlans", Set.of(CALLER, PLATFORM)),
            Map.entry("DeletePinnedPlan", Set.of(PLATFORM)),
            Map.entry("ListSpecialists", Set.of(CALLER, PLATFORM, OPERATOR)),
            Map.entry("AssessCard", Set.of(PLATFORM)),
            Map.entry("UploadInput", Set.of(CALLER)));

    private static final Map<String, Set<Role>> EVENTS = Map.of("ReadEvents", Set.of(LEARNER));

    private final List<Rule> rules;

    /**
     * One method.
     *
     * @param call its full gRPC name
     * @param routes how REST reaches it
     * @param roles any of which may call it
     */
    record Rule(String call, List<Route> routes, Set<Role> roles) {
        String[] authorities() {
            return roles.stream().map(Role::authority).toArray(String[]::new);
        }
    }

    /** A method and a path with variables in braces. */
    record Route(HttpMethod method, String path) {}

    private AccessRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Those of all services that the orchestrator serves.
     *
     * @throws IllegalStateException when a table and its service do not have the same methods
     */
    static AccessRules served() {
        List<Rule> all =
                new ArrayList<>(of(SwarmServiceOuterClass.getDescriptor().findServiceByName("SwarmService"), SWARM)
                        .all());
        all.addAll(of(EventServiceOuterClass.getDescriptor().findServiceByName("EventService"), EVENTS)
                .all());
        return new AccessRules(all);
    }

    static AccessRules of(ServiceDescriptor service, Map<String, Set<Role>> table) {
        Set<String> methods = new TreeSet<>(
                service.getMethods().stream().map(MethodDescriptor::getName).toList());
        Set<String> withoutRule = new TreeSet<>(methods);
        withoutRule.removeAll(table.keySet());
        Set<String> withoutMethod = new TreeSet<>(table.keySet());
        withoutMethod.removeAll(methods);
        if (!withoutRule.isEmpty() || !withoutMethod.isEmpty()) {
            throw new IllegalStateException("access rules of " + service.getFullName() + ": methods without a rule "
                    + withoutRule + ", rules without a method " + withoutMethod);
        }
        return new AccessRules(service.getMethods().stream()
                .map(method -> new Rule(
                        service.getFullName() + "/" + method.getName(),
                        routes(method),
                        table.getOrDefault(method.getName(), Set.of())))
                .toList());
    }

    List<Rule> all() {
        return rules;
    }

    private static List<Route> routes(MethodDescriptor method) {
        HttpRule http = method.getOptions().getExtension(AnnotationsProto.http);
        List<Route> routes = new ArrayList<>();
        Stream.concat(Stream.of(http), http.getAdditionalBindingsList().stream())
                .forEach(rule -> {
                    switch (rule.getPatternCase()) {
                        case GET -> routes.add(new Route(HttpMethod.GET, rule.getGet()));
                        case PUT -> routes.add(new Route(HttpMethod.PUT, rule.getPut()));
                        case POST -> routes.add(new Route(HttpMethod.POST, rule.getPost()));
                        case DELETE -> routes.add(new Route(HttpMethod.DELETE, rule.getDelete()));
                        case PATCH -> routes.add(new Route(HttpMethod.PATCH, rule.getPatch()));
                        case CUSTOM ->
                            throw new IllegalStateException(method.getFullName() + " has a custom HTTP method");
                        case PATTERN_NOT_SET -> {
                            // Over gRPC alone.
                        }
                    }
                });
        return routes;
    }
}
