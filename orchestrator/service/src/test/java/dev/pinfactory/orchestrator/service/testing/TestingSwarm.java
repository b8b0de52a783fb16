package dev.pinfactory.orchestrator.service.testing;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.pinfactory.orchestrator.service.OrchestratorApplication;
import dev.pinfactory.proto.v1.ContentRef;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.ReportOutcomesRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.UploadHeader;
import dev.pinfactory.proto.v1.UploadInputRequest;
import dev.pinfactory.proto.v1.UploadInputResponse;
import dev.pinfactory.registry.client.CatalogSnapshot;
import dev.pinfactory.registry.client.RegistryClient;
import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.StatusException;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/**
 * The real orchestrator on free ports, its store in a folder, with a registry and a router in the same process and specialists behind a socket. Stopping and
 * starting the orchestrator on the same folder is a restart.
 */
public final class TestingSwarm implements AutoCloseable {
    private static final int CHUNK = 512 * 1024;

    private final String name = UUID.randomUUID().toString();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FakeRegistry registry = new FakeRegistry();
    private final FakeRouter router = new FakeRouter();
    private final FakeSpecialist specialists = new FakeSpecialist();
    private final List<Server> servers = new ArrayList<>();
    private final Path dataDir;
    private final String[] properties;
    private ConfigurableApplicationContext context;
    private ManagedChannel channel;

    /** With the specialists "first", "second" and "third", and a plan that uses the first two. */
    public TestingSwarm(Path dataDir, String... properties) throws Exception {
        this.dataDir = dataDir;
        this.properties = properties;
        String address = listen(specialists);
        for (String id : List.of("first", "second", "third")) {
            registry.add(Plans.contract(id), address);
        }
        serve("registry", registry);
        serve("router", router, router.remembering());
        plans("first", "second");
        start();
    }

    /** Serves it on a free port, and says where. */
    public String listen(BindableService service) throws IOException {
        Server socket = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(service)
                .executor(threads)
                .build()
                .start();
        servers.add(socket);
        return "localhost:" + socket.getPort();
    }

    /** One more specialist, or another contract for one; the orchestrator knows it when this returns. */
    public void register(Contract contract, String... addresses) {
        registry.add(contract, addresses);
        awaitKnown(() -> catalog()
                .find(contract.getId())
                .filter(entry -> entry.getContract().equals(contract))
                .isPresent());
    }

    /** One more version, that is tried beside the champion; the orchestrator knows it when this returns. */
    public void shadow(String id, String number, String address) {
        registry.shadow(id, number, address);
        awaitKnown(() -> !catalog().endpoints(id, number).isEmpty());
    }

    /** A specialist that is gone; the orchestrator knows it when this returns. */
    public void unregister(String id) {
        registry.remove(id);
        awaitKnown(() -> catalog().find(id).isEmpty());
    }

    /** From now on so many reports of the orchestrator are counted without an answer. */
    public void losesAcknowledgements(int count) {
        registry.losesAcknowledgements(count);
    }

    /** What became of the calls of versions, as the orchestrator reported it. */
    public List<ReportOutcomesRequest> reports() {
        return registry.reports();
    }

    private CatalogSnapshot catalog() {
        return bean(RegistryClient.class).current();
    }

    private static void awaitKnown(Callable<Boolean> known) {
        await().atMost(Duration.ofSeconds(10)).until(known);
    }

    public ContentRef upload(String mediaType, byte[] bytes) throws InterruptedException, StatusException {
        BlockingClientCall<UploadInputRequest, UploadInputResponse> upload = upload();
        upload.write(UploadInputRequest.newBuilder()
                .setHeader(UploadHeader.newBuilder().setMediaType(mediaType))
                .build());
        for (int start = 0; start < bytes.length; start += CHUNK) {
            upload.write(UploadInputRequest.newBuilder()
                    .setChunk(ByteString.copyFrom(bytes, start, Math.min(CHUNK, bytes.length - start)))
                    .build());
        }
        upload.halfClose();
        return upload.read().getContent();
    }

    /** An upload of which nothing has been sent. */
    public BlockingClientCall<UploadInputRequest, UploadInputResponse> upload() {
        return SwarmServiceGrpc.newBlockingV2Stub(channel)
                .withDeadlineAfter(Duration.ofSeconds(30))
                .uploadInput();
    }

    private void serve(String role, BindableService service, ServerInterceptor... before) throws IOException {
        servers.add(InProcessServerBuilder.forName(role + "-" + name)
                .addService(ServerInterceptors.intercept(service, before))
                .executor(threads)
                .build()
                .start());
    }

    public void start() throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "pinfactory.data-dir=" + dataDir,
                "pinfactory.orchestrator.registry-address=inprocess:registry-" + name,
                "pinfactory.orchestrator.router.address=inprocess:router-" + name,
                "server.port=0",
                "spring.grpc.server.port=0",
                "management.server.port=0"));
        all.addAll(List.of(properties));
        context = OrchestratorApplication.builder()
                .run(all.stream().map(property -> "--" + property).toArray(String[]::new));
        if (!context.getBean(RegistryClient.class).awaitFirst(Duration.ofSeconds(10))) {
            throw new IllegalStateException("no catalogue came");
        }
        channel = Grpc.newChannelBuilder("localhost:" + grpcPort(), InsecureChannelCredentials.create())
                .maxInboundMessageSize(16 * 1024 * 1024)
                .build();
    }

    public void stop() throws InterruptedException {
        channel.shutdownNow();
        channel.awaitTermination(5, TimeUnit.SECONDS);
        context.close();
    }

    public void plans(String... specialistChain) {
        router.answers(request ->
                PlanResponse.newBuilder().setPlan(Plans.chain(specialistChain)).build());
    }

    public FakeRouter router() {
        return router;
    }

    public FakeSpecialist specialists() {
        return specialists;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public int grpcPort() {
        return context.getBean(GrpcServerLifecycle.class).getPort();
    }

    public int httpPort() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public ManagedChannel channel() {
        return channel;
    }

    public SwarmServiceGrpc.SwarmServiceBlockingStub client() {
        return SwarmServiceGrpc.newBlockingStub(channel).withDeadlineAfter(Duration.ofSeconds(20));
    }

    @Override
    public void close() throws Exception {
        stop();
        for (Server server : servers) {
            server.shutdownNow();
            server.awaitTermination(5, TimeUnit.SECONDS);
        }
        threads.shutdownNow();
    }
}
