package dev.pinfactory.orchestrator.service.testing;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** For tests that share one swarm, which starts with the first of them and ends with the last. */
public abstract class WithSwarm {
    @TempDir
    static Path folder;

    protected static TestingSwarm swarm;

    @BeforeAll
    static void start() throws Exception {
        swarm = new TestingSwarm(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        swarm.close();
    }
}
