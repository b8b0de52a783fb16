package dev.pinfactory.faults.identity;

import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.swarm.EchoSpecialist;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * S6: what belongs to one tenant does not exist for another. Every field of every request that names something of a tenant's, found in the descriptors, is given the
 * name of a thing that the other tenant has, and of one that nobody has: the answers have to be the same, and to take as long.
 */
public final class SeparateTenants implements Bar {
    @Override
    public String id() {
        return "S6";
    }

    @Override
    public String title() {
        return "what one tenant has gives another the same answer as what nobody has, within a millisecond of the same time";
    }

    @Override
    public String unit() {
        return "calls";
    }

    @Override
    public String sabotage() {
        return "the tenant is read from a claim that is the same in all tokens";
    }

    @Override
    public int rounds(Form form) {
        return switch (form) {
            case SHORT -> 1;
            case LONG -> 10;
        };
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Tenants(setting);
    }

    private static final class Tenants implements Trial {
        private static final int NOT_FOUND = 404;
        private static final double MOST_MILLIS = 1;
        private static final int PAIRS = 40;
        private static final int MANY_PAIRS = 400;

        private final Form form;
        private final EchoSpecialist specialist;
        private final TokenIssuer issuer = new TokenIssuer();
        private final TestedOrchestrator orchestrator;
        private final Doors doors;
        private final String owner = issuer.token("owner");
        private final String other = issuer.token("other");

        private Tenants(Setting setting) throws IOException, InterruptedException {
            form = setting.form();
            specialist = new EchoSpecialist(EchoSpecialist::echo);
            List<String> properties = new ArrayList<>(issuer.properties());
            properties.add("pinfactory.orchestrator.registry-address=" + specialist.address());
            if (setting.sabotage()) {
                properties.add("pinfactory.orchestrator.authentication.tenant-claim=sub");
            }
            orchestrator = TestedOrchestrator.start(setting.folder(), properties);
            doors = new Doors(orchestrator);
        }

        @Override
        public Outcome round(long seed) throws Exception {
            Owned owned = Owned.by(doors, owner);
            List<String> failures = new ArrayList<>();
            List<Reference> references = Reference.all();
            int calls = 0;
            double farthest = 0;
            String where = "";
            for (Reference reference : references) {
                String name = owned.named(reference);
                String said = about(reference, name);
                if (!said.equals(about(reference, reference.nobodys(name))) || said.contains(Owned.SECRET)) {
                    failures.add(reference + " tells that it is there: " + said);
                }
                double apart = apart(reference, name);
                if (apart > farthest) {
                    farthest = apart;
                    where = reference.toString();
                }
                if (form == Form.LONG && apart > MOST_MILLIS) {
                    failures.add(String.format(Locale.ROOT, "%s takes %.2f ms longer or shorter", reference, apart));
                }
                calls += 2 + 2 * pairs();
            }
            // Otherwise the same answers would say nothing: for its owner each of them is there.
            for (Reference reference : references) {
                String name = owned.named(reference);
                if (call(reference, name, owner).equals(call(reference, reference.nobodys(name), owner))) {
                    failures.add(reference + " says nothing to its owner: " + call(reference, name, owner));
                }
            }
            Owned again = Owned.by(doors, owner);
            List<Doors.Route> routes = doors.routes().stream()
                    .filter(route -> route.path().contains("{"))
                    // Makes one of the caller's own, whatever others have.
                    .filter(route -> !route.equals(new Doors.Route("POST", "/v1/pinned-plans/{name}")))
                    .toList();
            for (Doors.Route route : routes) {
                checkRest(route, again, failures);
                calls += 2;
            }
            return new Outcome(
                    calls,
                    failures,
                    String.format(
                            Locale.ROOT,
                            "%d fields and %d routes; medians of %d differ by at most %.2f ms (%s)",
                            references.size(),
                            routes.size(),
                            pairs(),
                            farthest,
                            where));
        }

        private int pairs() {
            return form == Form.LONG ? MANY_PAIRS : PAIRS;
        }

        /** How far the medians are apart, in milliseconds; in turn, so that whatever else goes on is the same for both. */
        private double apart(Reference reference, String name) throws IOException {
            byte[] owned = reference.with(name);
            byte[] nobodys = reference.with(reference.nobodys(name));
            double[] ofOwned = new double[pairs()];
            double[] ofNobodys = new double[pairs()];
            for (int i = 0; i < pairs(); i++) {
                ofOwned[i] = millis(reference, owned);
                ofNobodys[i] = millis(reference, nobodys);
            }
            Arrays.sort(ofOwned);
            Arrays.sort(ofNobodys);
            return Math.abs(ofOwned[pairs() / 2] - ofNobodys[pairs() / 2]);
        }

        private double millis(Reference reference, byte[] request) {
            long begin = System.nanoTime();
            doors.call(reference.method(), List.of("Bearer " + other), request);
            return (System.nanoTime() - begin) / 1e6;
        }

        private String call(Reference reference, String value, String token) throws IOException {
            return doors.call(reference.method(), List.of("Bearer " + token), reference.with(value))
                    .text();
        }

        /** With "it" for what was asked for. */
        private String about(Reference reference, String value) throws IOException {
            String answer = call(reference, value, other);
            return value.isEmpty() ? answer : answer.replace(value, "it");
        }

        private void checkRest(Doors.Route route, Owned owned, List<String> failures)
                throws IOException, InterruptedException {
            HttpResponse<String> owners = rest(route, owned.inPaths());
            HttpResponse<String> nobodys = rest(route, Owned.ofNobody());
            if (owners.statusCode() != NOT_FOUND
                    || nobodys.statusCode() != NOT_FOUND
                    || !said(owners, owned.inPaths()).equals(said(nobodys, Owned.ofNobody()))) {
                failures.add(
                        route + " tells that it is there: " + owners.body() + ", and of nothing " + nobodys.body());
            }
        }

        private HttpResponse<String> rest(Doors.Route route, Map<String, String> names)
                throws IOException, InterruptedException {
            String path = route.path();
            for (Map.Entry<String, String> name : names.entrySet()) {
                path = path.replace("{" + name.getKey() + "}", name.getValue());
            }
            boolean post = route.method().equals("POST");
            HttpRequest.BodyPublisher body =
                    post ? HttpRequest.BodyPublishers.ofString("{}") : HttpRequest.BodyPublishers.noBody();
            return doors.send(
                    doors.request(path)
                            .header("Content-Type", "application/json")
                            .method(route.method(), body),
                    List.of("Bearer " + other));
        }

        private static String said(HttpResponse<String> answer, Map<String, String> names) {
            String said = answer.body().replaceAll("\"(traceId|instance)\":\"[^\"]*\"", "");
            for (String name : names.values()) {
                said = said.replace(name, "it");
            }
            return said;
        }

        @Override
        public void close() {
            doors.close();
            orchestrator.close();
            issuer.close();
            specialist.close();
        }
    }
}
