package dev.pinfactory.specialists.testkit;

import dev.pinfactory.proto.v1.InferRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract test for a server that runs already: extend it and say where. One test for each thing that has to hold. */
public abstract class SpecialistContract {
    private @Nullable Connection connection;

    /** {@code host:port} or {@code inprocess:name}. */
    protected abstract String address() throws Exception;

    /** Requests that the specialists can answer; for those without, requests are made up from the card. */
    protected List<InferRequest> samples() {
        return List.of();
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() throws Exception {
        connection = new Connection(address());
        Map<String, List<InferRequest>> samples =
                samples().stream().collect(Collectors.groupingBy(InferRequest::getSpecialist));
        return new Contract(connection, samples)
                .checks().stream()
                        .map(check -> DynamicTest.dynamicTest(
                                check.name(), () -> check.body().run()));
    }

    @AfterEach
    void disconnect() {
        if (connection != null) {
            connection.close();
        }
    }
}
