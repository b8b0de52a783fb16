package dev.pinfactory.orchestrator.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The swarm in one process. Options: {@code --pinfactory.rest-port} (8080), {@code --pinfactory.grpc-port} (9090),
 * {@code --pinfactory.registry-port} (9101), {@code --pinfactory.data-dir}, {@code --pinfactory.run-file},
 * {@code --pinfactory.ends-with-standard-input}; any other property goes to every role.
 */
public final class StandaloneApplication {
    private static final Logger LOG = LoggerFactory.getLogger(StandaloneApplication.class);

    private StandaloneApplication() {}

    public static void main(String[] arguments) throws InterruptedException {
        StandaloneProperties properties;
        try {
            properties = StandaloneProperties.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        LocalSwarm swarm = LocalSwarm.start(properties.swarm());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            swarm.close();
                            stopped.countDown();
                        },
                        "stop"));
        properties.runFile().ifPresent(file -> writeRunFile(swarm, file));
        LOG.info(
                "The swarm is ready: REST {}, gRPC {}, registry {}",
                swarm.restUrl(),
                swarm.grpcAddress(),
                swarm.registryAddress());
        if (properties.endsWithStandardInput()) {
            Thread.ofVirtual().start(StandaloneApplication::exitAtEndOfInput);
        }
        stopped.await();
    }

    private static void exitAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Whatever arrives is not for us.
            }
        } catch (IOException e) {
            LOG.debug("standard input is gone", e);
        }
        System.exit(0);
    }

    private static void writeRunFile(LocalSwarm swarm, Path file) {
        String json = """
                {"grpc": "%s", "rest": "%s", "registry": "%s", "gateway": "", "processes": [{"role": "standalone", "pid": %d}]}
                """.formatted(
                        swarm.grpcAddress(),
                        swarm.restUrl(),
                        swarm.registryAddress(),
                        ProcessHandle.current().pid());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, json);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
    }
}
