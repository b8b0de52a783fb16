package dev.pinfactory.specialists.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A published number keeps its model and its interface for ever: a registry that knows it from before refuses it with others, and with it the whole host.
 * {@code published-versions.txt} remembers all that were published; nothing is ever taken out of it.
 */
@Tag("long")
class PublishedVersionsTest {
    @Test
    void whatChangedHasANewNumber() throws IOException {
        Map<String, String> published = published();
        assertThat(inTheBox())
                .allSatisfy(card -> assertThat(published.getOrDefault(name(card), line(card)))
                        .as(
                                "%s is published with another model or interface; give the new one a new number",
                                name(card))
                        .isEqualTo(line(card)))
                .allSatisfy(card -> assertThat(published)
                        .as("to be added to published-versions.txt: %s", line(card))
                        .containsKey(name(card)));
    }

    private static List<Card> inTheBox() {
        try (ConfigurableApplicationContext host = HostApplication.builder()
                .properties("spring.grpc.server.inprocess.name=published-versions", "pinfactory.host.register=false")
                .run()) {
            return host.getBean(Specialists.class).cards().stream()
                    .filter(card -> !card.getContract().getId().equals("encoder-user"))
                    .toList();
        }
    }

    private static Map<String, String> published() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PublishedVersionsTest.class.getResourceAsStream("published-versions.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toMap(line -> line.split("->")[0].replaceAll(" [^ ]*$", ""), line -> line));
        }
    }

    private static String name(Card card) {
        return card.getContract().getId() + " " + card.getVersion().getNumber();
    }

    private static String line(Card card) {
        Contract contract = card.getContract();
        return String.join(
                        " ",
                        contract.getId(),
                        card.getVersion().getNumber(),
                        ports(contract.getInputsList()) + "->" + ports(contract.getOutputsList()),
                        contract.getParametersList().stream()
                                .map(PublishedVersionsTest::parameter)
                                .collect(Collectors.joining(",", "(", ")")),
                        card.getVersion().getModelDigest())
                .strip();
    }

    private static String ports(List<Port> ports) {
        return ports.stream()
                .map(port -> port.getName() + ":" + port.getType()
                        + (port.getCardinality() == Port.Cardinality.MANY ? "*" : "")
                        + (port.getOptional() ? "?" : ""))
                .collect(Collectors.joining(","));
    }

    private static String parameter(Parameter parameter) {
        return parameter.getName() + ":" + parameter.getKind() + (parameter.getRequired() ? "!" : "");
    }
}
