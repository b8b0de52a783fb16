package dev.pinfactory.faults.security.parser;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.pinfactory.faults.security.DoorContracts;
import dev.pinfactory.orchestrator.service.rest.RestReading;
import dev.pinfactory.orchestrator.service.security.TokenReading;
import dev.pinfactory.orchestrator.service.task.PageReading;
import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.card.CardValidator;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.plan.PlanLimits;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.task.TaskValidator;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.specialists.documents.DocumentReading;
import dev.pinfactory.specialists.ocr.ImageReading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All of them. Whatever throws something else than is caught here has a fault. */
public final class UntrustedParsers {
    private static final int SHORT = 512;
    private static final int MESSAGE = 4 * 1024;
    private static final int FILE = 16 * 1024;
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    /** Not the generated messages: thousands of branches that nobody wrote. */
    private static final List<String> MESSAGES = List.of(
            "dev.pinfactory.proto.card.**",
            "dev.pinfactory.proto.plan.**",
            "dev.pinfactory.proto.rest.**",
            "dev.pinfactory.proto.task.**",
            "dev.pinfactory.proto.type.**",
            "dev.pinfactory.orchestrator.service.rest.**",
            "dev.pinfactory.orchestrator.service.task.**",
            "com.google.gson.**",
            "com.google.protobuf.util.**",
            "com.networknt.**",
            "org.yaml.snakeyaml.**");

    private static final List<String> TOKENS = List.of(
            "dev.pinfactory.orchestrator.service.security.**",
            "dev.pinfactory.specialists.sdk.grant.**",
            "com.nimbusds.**",
            "com.google.gson.**",
            "org.springframework.security.oauth2.**");

    private static final List<String> PDF = List.of(
            "dev.pinfactory.specialists.documents.**",
            "org.apache.pdfbox.cos.**",
            "org.apache.pdfbox.filter.**",
            "org.apache.pdfbox.pdfparser.**",
            "org.apache.pdfbox.pdmodel.**",
            "org.apache.pdfbox.text.**");

    private static final List<String> DOCUMENTS = List.of(
            "dev.pinfactory.specialists.documents.**",
            "org.apache.commons.compress.**",
            "org.apache.james.**",
            "org.apache.poi.**",
            "org.apache.tika.parser.**",
            "org.apache.tika.sax.**",
            "org.jsoup.**");

    private static final List<String> IMAGES = List.of("dev.pinfactory.specialists.ocr.**", "com.drew.**");

    /** In the order in which they are fuzzed. */
    public static final List<UntrustedParser> ALL = List.of(
            new UntrustedParser("plan-proto", MESSAGE, MESSAGES, UntrustedParsers::planProto),
            new UntrustedParser("plan-json", MESSAGE, MESSAGES, UntrustedParsers::planJson),
            new UntrustedParser("task-proto", MESSAGE, MESSAGES, UntrustedParsers::taskProto),
            new UntrustedParser("task-json", MESSAGE, MESSAGES, UntrustedParsers::taskJson),
            new UntrustedParser("output-schema", MESSAGE, MESSAGES, UntrustedParsers::outputSchema),
            new UntrustedParser("json-pointer", SHORT, MESSAGES, UntrustedParsers::jsonPointer),
            new UntrustedParser("list-query", SHORT, MESSAGES, UntrustedParsers::listQuery),
            new UntrustedParser("card-proto", MESSAGE, MESSAGES, UntrustedParsers::cardProto),
            new UntrustedParser("card", MESSAGE, MESSAGES, UntrustedParsers::card),
            new UntrustedParser(
                    "jwt", MESSAGE, TOKENS, input -> TokenReading.shared().readToken(input)),
            new UntrustedParser(
                    "api-key", SHORT, TOKENS, input -> TokenReading.shared().readKey(input)),
            new UntrustedParser("grant", MESSAGE, TOKENS, new GrantReading()::read),
            new UntrustedParser(
                    "pdf", FILE, PDF, input -> DocumentReading.shared().read(input, "application/pdf")),
            new UntrustedParser(
                    "pdf-page",
                    MESSAGE,
                    PDF,
                    input -> DocumentReading.shared().read(Wrapped.inPdf(input), "application/pdf")),
            new UntrustedParser(
                    "office", FILE, DOCUMENTS, input -> DocumentReading.shared().read(input, "")),
            new UntrustedParser(
                    "office-xml",
                    MESSAGE,
                    DOCUMENTS,
                    input -> DocumentReading.shared().read(Wrapped.inDocx(input), "")),
            new UntrustedParser(
                    "eml", MESSAGE, DOCUMENTS, input -> DocumentReading.shared().read(input, "message/rfc822")),
            new UntrustedParser(
                    "msg",
                    FILE,
                    DOCUMENTS,
                    input -> DocumentReading.shared().read(input, "application/vnd.ms-outlook")),
            new UntrustedParser(
                    "html",
                    MESSAGE,
                    DOCUMENTS,
                    input -> DocumentReading.shared().read(input, "text/html")),
            new UntrustedParser(
                    "csv", MESSAGE, DOCUMENTS, input -> DocumentReading.shared().read(input, "text/csv")),
            new UntrustedParser("image", FILE, IMAGES, ImageReading::read));

    private static final Contracts CONTRACTS = Contracts.of(DoorContracts.ALL);
    private static final PlanValidator PLANS = new PlanValidator(CONTRACTS, PlanLimits.DEFAULT);
    private static final TaskValidator TASKS = new TaskValidator(CONTRACTS);

    private UntrustedParsers() {}

    /** @throws IllegalArgumentException where there is none of that name */
    public static UntrustedParser named(String name) {
        return ALL.stream()
                .filter(parser -> parser.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no parser is named '" + name + "'"));
    }

    private static void planProto(byte[] input) {
        try {
            validate(PlanResponse.parseFrom(input).getPlan());
        } catch (InvalidProtocolBufferException e) {
            // Declared.
        }
    }

    private static void planJson(byte[] input) {
        Plan.Builder plan = Plan.newBuilder();
        if (RestReading.json(input, plan)) {
            validate(plan.build());
        }
    }

    private static void validate(Plan plan) {
        Task task = Task.newBuilder().setInstruction("What does the note say?").build();
        PLANS.validate(plan, TaskShape.of(task));
    }

    private static void taskProto(byte[] input) {
        try {
            validate(RunTaskRequest.parseFrom(input).getTask());
        } catch (InvalidProtocolBufferException e) {
            // Declared.
        }
    }

    private static void taskJson(byte[] input) {
        Task.Builder task = Task.newBuilder();
        if (RestReading.json(input, task)) {
            validate(task.build());
        }
    }

    private static void outputSchema(byte[] input) {
        Task.Builder task = Task.newBuilder().setInstruction("What does the note say?");
        if (RestReading.json(input, task.getOutputSchemaBuilder())) {
            validate(task.build());
        }
    }

    private static void validate(Task task) {
        TASKS.validate(task, NOW);
        TASKS.validateForPlanning(task, NOW);
        TaskShape.of(task);
    }

    private static void listQuery(byte[] input) {
        String query = new String(input, StandardCharsets.UTF_8);
        RestReading.tasks(query).ifPresent(PageReading::read);
        RestReading.pinnedPlans(query).ifPresent(PageReading::read);
    }

    private static void jsonPointer(byte[] input) {
        JsonPointer.parse(new String(input, StandardCharsets.UTF_8)).ifPresent(pointer -> {
            if (!JsonPointer.parse(pointer.toString()).equals(Optional.of(pointer))) {
                throw new IllegalStateException("a pointer is read back as another");
            }
        });
    }

    private static void cardProto(byte[] input) {
        try {
            CardValidator.strict().validateAll(List.of(Card.parseFrom(input)));
        } catch (InvalidProtocolBufferException e) {
            // Declared.
        }
    }

    private static void card(byte[] input) {
        try {
            CardReader.read(new String(input, StandardCharsets.UTF_8));
        } catch (PinfactoryException e) {
            // Declared.
        }
    }
}
