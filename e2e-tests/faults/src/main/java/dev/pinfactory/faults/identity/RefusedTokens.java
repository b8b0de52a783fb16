package dev.pinfactory.faults.identity;

import static dev.pinfactory.faults.identity.TokenIssuer.claims;
import static dev.pinfactory.faults.identity.TokenIssuer.sign;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.swarm.EchoSpecialist;
import dev.pinfactory.faults.swarm.ShiftedClock;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import dev.pinfactory.proto.v1.ListTasksRequest;
import io.grpc.Status;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** S5: every bad token at every method, over gRPC and REST. Bodies are broken too, so that whoever looks at them first is found out. */
public final class RefusedTokens implements Bar {
    @Override
    public String id() {
        return "S5";
    }

    @Override
    public String title() {
        return "no bad token or key gets in at any method, none as far as its body, and good ones do while the issuer changes its key";
    }

    @Override
    public String unit() {
        return "calls";
    }

    @Override
    public String sabotage() {
        return "for whom a token was made is not checked";
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
        return new Tokens(setting);
    }

    private static final class Tokens implements Trial {
        private static final byte[] BROKEN = {(byte) 0xff, (byte) 0xff, (byte) 0xff};
        private static final int MEGABYTE = 1 << 20;
        /** What clocks may differ by, nearly. */
        private static final int SKEW_SECONDS = 40;

        private final AtomicInteger ran = new AtomicInteger();
        private final EchoSpecialist specialist;
        private final TokenIssuer issuer = new TokenIssuer();
        private final TestedOrchestrator orchestrator;
        private final Doors doors;
        private final Map<String, List<String>> bad = new LinkedHashMap<>();

        private Tokens(Setting setting) throws IOException, InterruptedException {
            specialist = new EchoSpecialist(request -> {
                ran.incrementAndGet();
                return EchoSpecialist.echo(request);
            });
            List<String> properties = new ArrayList<>(issuer.properties());
            properties.add("pinfactory.orchestrator.registry-address=" + specialist.address());
            if (!setting.sabotage()) {
                properties.add("pinfactory.orchestrator.authentication.audience=" + TokenIssuer.AUDIENCE);
            }
            ShiftedClock clock = new ShiftedClock(Clock.systemUTC());
            orchestrator =
                    TestedOrchestrator.start(setting.folder(), (store, source) -> store, real -> clock, properties);
            doors = new Doors(orchestrator);
            bad.putAll(BadTokens.of(issuer));
            bad.putAll(BadTokens.keys(doors.stub(issuer.token(BadTokens.TENANT))));
            clock.advance(Duration.ofMinutes(2));
        }

        @Override
        public Outcome round(long seed) throws Exception {
            List<String> failures = new ArrayList<>();
            int calls = 0;
            for (Map.Entry<String, List<String>> kind : bad.entrySet()) {
                for (String method : Doors.methods()) {
                    Status.Code code =
                            doors.call(method, kind.getValue(), BROKEN).status().getCode();
                    if (code != Status.Code.UNAUTHENTICATED && code != Status.Code.PERMISSION_DENIED) {
                        failures.add(kind.getKey() + " at " + method + ": " + code);
                    }
                    calls++;
                }
                for (Doors.Route route : doors.routes()) {
                    int status = rest(route, kind.getValue());
                    if (status != 401 && status != 403) {
                        failures.add(kind.getKey() + " at " + route + ": " + status);
                    }
                    calls++;
                }
            }
            large(failures);
            good(failures);
            sideEffects(failures);
            return new Outcome(
                    calls,
                    failures,
                    bad.size() + " kinds of tokens and keys at "
                            + Doors.methods().size() + " methods and "
                            + doors.routes().size() + " routes");
        }

        private int rest(Doors.Route route, List<String> authorization) throws IOException, InterruptedException {
            return doors.send(
                            doors.request(route.path().replaceAll("\\{\\w+}", "none"))
                                    .header("Content-Type", "application/json")
                                    .method(route.method(), HttpRequest.BodyPublishers.ofByteArray(BROKEN)),
                            authorization)
                    .statusCode();
        }

        private void large(List<String> failures) throws IOException, InterruptedException {
            List<String> large = List.of("Bearer " + "a".repeat(MEGABYTE));
            Status.Code code = doors.call(Doors.methods().getFirst(), large, BROKEN)
                    .status()
                    .getCode();
            int status = rest(doors.routes().getFirst(), large);
            if (code == Status.Code.OK || status < 400 || status > 431) {
                failures.add("a token of a megabyte: " + code + ", " + status);
            }
        }

        /** The issuer's clock may go a little wrong, and its next key is good at once, the last one until it is gone. */
        private void good(List<String> failures) throws IOException, InterruptedException {
            Instant now = Instant.now();
            letIn(
                    "expired a moment ago",
                    claims(BadTokens.TENANT).expirationTime(Date.from(now.minusSeconds(SKEW_SECONDS))),
                    issuer.key(),
                    failures);
            letIn(
                    "valid in a moment",
                    claims(BadTokens.TENANT).notBeforeTime(Date.from(now.plusSeconds(SKEW_SECONDS))),
                    issuer.key(),
                    failures);
            RSAKey next = TokenIssuer.key("next-" + now.toEpochMilli());
            issuer.publish(List.of(issuer.key(), next));
            letIn("of the next key", claims(BadTokens.TENANT), next, failures);
            letIn("of the last key", claims(BadTokens.TENANT), issuer.key(), failures);
        }

        private void letIn(String what, JWTClaimsSet.Builder claims, RSAKey signer, List<String> failures)
                throws IOException, InterruptedException {
            int status = doors.send(doors.request("/v1/tasks"), List.of("Bearer " + sign(claims.build(), signer)))
                    .statusCode();
            if (status != 200) {
                failures.add("a good token, " + what + ": " + status);
            }
        }

        private void sideEffects(List<String> failures) {
            if (ran.get() > 0) {
                failures.add("specialists ran " + ran.get() + " times");
            }
            int tasks = doors.stub(issuer.token(BadTokens.TENANT))
                    .listTasks(ListTasksRequest.getDefaultInstance())
                    .getTasksCount();
            if (tasks > 0) {
                failures.add(tasks + " tasks are there");
            }
            if (!issuer.askedElsewhere().isEmpty()) {
                failures.add("addresses in tokens were asked: " + issuer.askedElsewhere());
            }
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
