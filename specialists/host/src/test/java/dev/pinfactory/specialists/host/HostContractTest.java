package dev.pinfactory.specialists.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.serving.AnnotatedSpecialist;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import dev.pinfactory.specialists.testkit.SpecialistContract;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;

/** The contract test over everything that comes in the box, served by the real host on a socket. */
@Tag("long")
class HostContractTest extends SpecialistContract {
    private static final List<String> IN_THE_BOX = List.of(
            "attachments",
            "clauses",
            "dedupe",
            "document-text",
            "document-type",
            "emotion",
            "entities",
            "faq",
            "forecast",
            "fraud",
            "intent",
            "language-id",
            "maintenance",
            "normaliser",
            "ocr",
            "pii",
            "pii-redact",
            "receipt-fields",
            "risk",
            "risk-credit-g",
            "sentiment",
            "slots",
            "spam",
            "summary",
            "table-reader",
            "urgency");

    private static final AtomicInteger PORT = new AtomicInteger();
    private static ConfigurableApplicationContext host;

    @BeforeAll
    static void start() {
        ApplicationListener<GrpcServerStartedEvent> listener = event -> PORT.set(event.getPort());
        host = HostApplication.builder()
                .listeners(listener)
                .properties(
                        "spring.grpc.server.port=0",
                        "pinfactory.host.register=false",
                        "pinfactory.host.specialists=" + String.join(",", IN_THE_BOX))
                .run();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Override
    protected String address() {
        return "127.0.0.1:" + PORT.get();
    }

    @Override
    protected List<InferRequest> samples() {
        return host.getBeansWithAnnotation(Specialist.class).values().stream()
                .map(AnnotatedSpecialist::define)
                .flatMap(definition -> definition.samples().stream())
                .toList();
    }

    /** All that the class path announces, but for what the tests of this module add to it. */
    @Test
    void nothingInTheBoxIsLeftOut() {
        assertThat(host.getBean(Specialists.class).cards())
                .extracting(card -> card.getContract().getId())
                .containsExactlyInAnyOrderElementsOf(IN_THE_BOX);
        assertThat(host.getBeansWithAnnotation(Specialist.class).values())
                .extracting(bean ->
                        AnnotatedSpecialist.card(bean.getClass()).getContract().getId())
                .filteredOn(id -> !id.equals("encoder-user"))
                .containsExactlyInAnyOrderElementsOf(IN_THE_BOX);
    }
}
