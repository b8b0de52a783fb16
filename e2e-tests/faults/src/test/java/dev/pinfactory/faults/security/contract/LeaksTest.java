package dev.pinfactory.faults.security.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.pinfactory.proto.error.PinfactoryException",
                "org.h2.jdbc.JdbcSQLDataException: Data conversion error",
                "NullPointerException: Cannot invoke",
                "\tat java.base/java.util.List.of(List.java:3)",
                "select id, tenant from task where id = ?",
                "INSERT INTO task (id) VALUES (?)",
                "can't open /tmp/verify-S1/keys.json",
                "<hr><h3>Apache Tomcat/11.0.24</h3>"
            })
    void whatIsOfTheInsideIsSeen(String told) {
        assertThat(Leaks.in("{\"detail\": \"" + told + "\"}")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the request can't be read",
                "is larger than 16777216 bytes; upload inputs with POST /v1/inputs and refer to them",
                "https://pinfactory.dev/errors/invalid-argument",
                "type.googleapis.com/google.rpc.ErrorInfo of pinfactory.v1.Task",
                "inputs[0].type: 'smell' is not known; choose one of the card's",
                "Error in the plan: step 's1' needs 's2'"
            })
    void whatCallersMayKnowIsNot(String told) {
        assertThat(Leaks.in("{\"detail\": \"" + told + "\"}")).isEmpty();
    }
}
