package dev.pinfactory.faults.identity;

import dev.pinfactory.faults.bar.Bar;
import dev.pinfactory.faults.bar.Form;
import dev.pinfactory.faults.bar.Trial;
import dev.pinfactory.faults.swarm.RunCalls;
import dev.pinfactory.faults.swarm.SecuredSpecialist;
import dev.pinfactory.faults.swarm.TestedOrchestrator;
import dev.pinfactory.load.Answer;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.registry.peers.PeerTls;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;

/** S7: between the roles nobody is let in but by a certificate of the role that it needs, and certificates change while tasks run. */
public final class PeersByCertificate implements Bar {
    @Override
    public String id() {
        return "S7";
    }

    @Override
    public String title() {
        return "nobody without a good certificate of the right role calls a specialist or gets calls for one; no task fails while authorities and certificates change";
    }

    @Override
    public String unit() {
        return "calls";
    }

    @Override
    public String sabotage() {
        return "the specialist does not ask which role a certificate is for";
    }

    @Override
    public int rounds(Form form) {
        return switch (form) {
            case SHORT -> 1;
            case LONG -> 20;
        };
    }

    @Override
    public Trial start(Setting setting) throws Exception {
        return new Certificates(setting);
    }

    private static final class Certificates implements Trial {
        private static final Duration RELOAD = Duration.ofMillis(200);
        /** Longer than a reload, and than a connection lives. */
        private static final Duration SETTLED = Duration.ofMillis(1_600);

        private static final int CALLS_AT_ONCE = 4;

        private final Path folder;
        private final List<AutoCloseable> open = new ArrayList<>();
        private final SecuredSpecialist specialist;
        private final TestedOrchestrator orchestrator;
        private CertificateAuthority authority = new CertificateAuthority();

        private Certificates(Setting setting) throws IOException {
            folder = setting.folder();
            issue(authority, authority);
            specialist = opened(new SecuredSpecialist(tls("host"), tls("registry"), !setting.sabotage()));
            Path own = folder.resolve("orchestrator");
            orchestrator = opened(TestedOrchestrator.start(
                    setting.folder(),
                    List.of(
                            "pinfactory.orchestrator.registry-address=" + specialist.registryAddress(),
                            "pinfactory.tls.certificate=" + own.resolve("certificate.pem"),
                            "pinfactory.tls.private-key=" + own.resolve("key.pem"),
                            "pinfactory.tls.authorities=" + own.resolve("authorities.pem"),
                            "pinfactory.tls.trust-domain=acme",
                            "pinfactory.tls.reload=" + RELOAD.toMillis() + "ms")));
        }

        private <T extends AutoCloseable> T opened(T one) {
            open.add(one);
            return one;
        }

        /** New certificates for all roles. */
        private void issue(CertificateAuthority by, CertificateAuthority... trusted) throws IOException {
            for (String role : List.of("host", "registry", "orchestrator")) {
                by.issue("spiffe://acme/" + role).write(folder.resolve(role), trusted);
            }
        }

        private PeerTls tls(String name) {
            Path of = folder.resolve(name);
            return opened(new PeerTls(
                    of.resolve("certificate.pem"),
                    of.resolve("key.pem"),
                    of.resolve("authorities.pem"),
                    "acme",
                    RELOAD));
        }

        @Override
        public Outcome round(long seed) throws Exception {
            List<String> failures = new ArrayList<>();
            int before = run(1, failures);
            int attacks = attackTheSpecialist(failures) + poseAsSpecialists(failures);
            int ran = specialist.ran();
            int tasks = rotate(failures);
            return new Outcome(
                    attacks + tasks + before,
                    failures,
                    attacks + " bad certificates and callers, " + tasks
                            + " tasks while the authority was changed, the specialist ran " + (specialist.ran() - ran)
                            + " times for them");
        }

        private int attackTheSpecialist(List<String> failures) throws IOException {
            int ran = specialist.ran();
            Map<String, ChannelCredentials> callers = new LinkedHashMap<>();
            callers.put("in plain text", InsecureChannelCredentials.create());
            callers.put("without a certificate", credentials(new KeyManager[0]));
            Map<String, CertificateAuthority.Issued> bad =
                    new LinkedHashMap<>(BadCertificates.of(authority, "orchestrator"));
            bad.putAll(BadCertificates.others(
                    authority,
                    List.of("router", "registry", "operator", "host", "specialist/echo", "specialist/other")));
            bad.forEach((what, issued) -> callers.put("with a certificate " + what, credentials(issued.keyManagers())));
            for (Map.Entry<String, ChannelCredentials> caller : callers.entrySet()) {
                Status.Code code = infer(caller.getValue(), specialist.address());
                if (code == Status.Code.OK || specialist.ran() != ran) {
                    failures.add("who called " + caller.getKey() + " was let in: " + code);
                    ran = specialist.ran();
                }
            }
            return callers.size();
        }

        /** A caller that believes everybody. */
        private ChannelCredentials credentials(KeyManager[] keys) {
            return TlsChannelCredentials.newBuilder()
                    .keyManager(keys)
                    .trustManager(new Credulous())
                    .build();
        }

        private static Status.Code infer(ChannelCredentials credentials, String address) {
            ManagedChannel channel =
                    Grpc.newChannelBuilder(address, credentials).build();
            try {
                SpecialistServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(10, TimeUnit.SECONDS)
                        .infer(InferRequest.getDefaultInstance());
                return Status.Code.OK;
            } catch (StatusRuntimeException e) {
                return e.getStatus().getCode();
            } finally {
                channel.shutdownNow();
            }
        }

        /** An orchestrator's channel sends nothing to whoever is no specialist. */
        private int poseAsSpecialists(List<String> failures) throws IOException {
            Map<String, CertificateAuthority.Issued> bad = new LinkedHashMap<>(BadCertificates.of(authority, "host"));
            bad.putAll(BadCertificates.others(authority, List.of("router", "registry", "operator", "orchestrator")));
            try (PeerTls caller = tls("orchestrator");
                    var channels = PeerTls.channels(caller)) {
                for (Map.Entry<String, CertificateAuthority.Issued> posing : bad.entrySet()) {
                    try (PosingServer server = new PosingServer(posing.getValue())) {
                        Status.Code code = Status.Code.OK;
                        try {
                            SpecialistServiceGrpc.newBlockingStub(channels.channel(server.address()))
                                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                                    .infer(InferRequest.getDefaultInstance());
                        } catch (StatusRuntimeException e) {
                            code = e.getStatus().getCode();
                        }
                        if (code == Status.Code.OK || server.calls() > 0) {
                            failures.add("a server with a certificate " + posing.getKey() + " was called: " + code);
                        }
                    }
                }
            }
            return bad.size();
        }

        /** As an operator does it: the next authority is trusted, then it signs all certificates, then the last one goes. */
        private int rotate(List<String> failures) throws Exception {
            CertificateAuthority next = new CertificateAuthority();
            issue(authority, authority, next);
            int tasks = runFor(SETTLED, failures);
            issue(next, authority, next);
            tasks += runFor(SETTLED, failures);
            issue(next, next);
            authority = next;
            return tasks + runFor(SETTLED, failures);
        }

        private int runFor(Duration duration, List<String> failures) throws InterruptedException, ExecutionException {
            long end = System.nanoTime() + duration.toNanos();
            int tasks = 0;
            while (System.nanoTime() < end) {
                tasks += run(CALLS_AT_ONCE, failures);
            }
            return tasks;
        }

        private int run(int count, List<String> failures) throws InterruptedException, ExecutionException {
            try (RunCalls calls = new RunCalls(orchestrator.address())) {
                List<CompletableFuture<Answer>> sent = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    sent.add(calls.send().toCompletableFuture());
                }
                for (var one : sent) {
                    if (one.get() != Answer.GOOD) {
                        failures.add("a task failed while certificates were good");
                    }
                }
            }
            return count;
        }

        @Override
        public void close() throws Exception {
            for (AutoCloseable one : open.reversed()) {
                one.close();
            }
        }
    }
}
