package dev.pinfactory.specialists.adapters;

import dev.pinfactory.specialists.adapters.openai.TestingChat;
import dev.pinfactory.specialists.testkit.SpecialistContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The application with a folder of files, its language model over the wire. */
class ChatAdapterContractTest extends SpecialistContract {
    private static final String NAME = "chat-adapter-contract-test";

    @TempDir
    Path directory;

    private @Nullable TestingChat chat;
    private @Nullable ConfigurableApplicationContext host;

    @Override
    protected String address() throws Exception {
        chat = new TestingChat();
        chat.write(directory);
        host = AdaptersApplication.builder()
                .properties(
                        "spring.grpc.server.inprocess.name=" + NAME,
                        "pinfactory.host.register=false",
                        "pinfactory.adapters.directory=" + directory)
                .run();
        return "inprocess:" + NAME;
    }

    @AfterEach
    void stop() {
        if (host != null) {
            host.close();
        }
        if (chat != null) {
            chat.close();
        }
    }
}
