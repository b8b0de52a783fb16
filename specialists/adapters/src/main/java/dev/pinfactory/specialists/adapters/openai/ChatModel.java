package dev.pinfactory.specialists.adapters.openai;

import com.google.protobuf.Value;
import dev.pinfactory.chat.ChatClient;
import dev.pinfactory.chat.ChatMessage;
import dev.pinfactory.chat.ChatReply;
import dev.pinfactory.chat.ChatReply.Fault;
import dev.pinfactory.chat.ChatRequest;
import dev.pinfactory.chat.ChatServer;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.specialists.adapters.openai.AnswerReader.Read;
import dev.pinfactory.specialists.adapters.server.AdaptedModel;
import dev.pinfactory.specialists.adapters.server.ServerState;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Abstained;
import dev.pinfactory.specialists.sdk.InferenceResult.Answered;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.node.ObjectNode;

/**
 * A specialist that asks a language model, one question for each call. What the model wrote and can't be used is an abstention, because it was paid
 * for; what its server failed at is a failure.
 */
public final class ChatModel implements AdaptedModel {
    private static final Duration READY_WITHIN = Duration.ofSeconds(2);

    private final ChatMapping mapping;
    private final ChatClient client;
    private final Questions questions;
    private final ObjectNode schema;
    private final AnswerReader reader;
    private final Prices prices;
    private final Semaphore permits;
    private final ServerState calls;
    private final ServerState readiness;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param folder from which the mapping's files are looked for
     * @param tls of the bundle that the mapping names
     * @throws IllegalArgumentException when mapping and card do not belong together
     */
    public ChatModel(ChatMapping mapping, Card card, Path folder, Optional<SSLContext> tls) {
        new CardRules(card.getContract()).check(mapping);
        ChatServer server = mapping.server(folder);
        mapping.generation();
        this.mapping = mapping;
        this.questions = new Questions(mapping, card.getContract());
        this.schema = AnswerSchema.of(mapping, card.getContract());
        this.reader = new AnswerReader(mapping, card.getContract());
        this.prices = new Prices(mapping);
        this.permits = new Semaphore(mapping.maxConcurrent());
        String what = "the language model of '" + card.getContract().getId() + "' at " + mapping.baseUrl();
        this.calls = new ServerState(what + " (calls)");
        this.readiness = new ServerState(what);
        this.client = new ChatClient(server, tls);
    }

    /** The card, with what the mapping alone knows: what a call costs at most, and where its confidences come from. */
    public Card described(Card card) {
        Card.Builder described = card.toBuilder();
        if (!card.getVersion().getCost().hasPerCall()) {
            prices.dearest(questions.longest())
                    .ifPresent(amount ->
                            described.getVersionBuilder().getCostBuilder().setPerCall(amount));
        }
        String confidence = mapping.statedConfidence()
                ? "stated by the model, not calibrated, at most " + mapping.maxConfidence()
                : "fixed at " + mapping.confidence() + ", not measured";
        described
                .getVersionBuilder()
                .getLineageBuilder()
                .getSettingsBuilder()
                .putFields(
                        "model",
                        Value.newBuilder().setStringValue(mapping.model()).build())
                .putFields(
                        "confidence",
                        Value.newBuilder().setStringValue(confidence).build());
        return described.build();
    }

    @Override
    public boolean ready() {
        boolean ready = client.ready(READY_WITHIN);
        if (ready) {
            readiness.well();
        } else {
            readiness.failed("it does not answer when it is asked for its models");
        }
        return ready;
    }

    @Override
    public int maxBatchSize() {
        return mapping.maxConcurrent();
    }

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return new Waiting(batch, threads, this::answer).results();
    }

    /** Hangs up on whatever is under way. */
    @Override
    public void close() {
        threads.shutdownNow();
        client.close();
    }

    /** Interrupted when nobody waits for it, which ends the request at the server too. */
    private InferenceResult answer(Inference item) throws InterruptedException {
        List<ChatMessage> question;
        try {
            question = questions.of(item);
        } catch (PinfactoryException e) {
            return new Failed(e.code(), String.valueOf(e.getMessage()));
        }
        permits.acquire();
        try {
            String body = ChatRequest.body(mapping.generation(), question, "answer", schema);
            Duration left = item.timeLeft(mapping.timeout());
            return left.isPositive() ? result(client.ask(body, left), question, item) : Waiting.NOBODY_WAITS;
        } finally {
            permits.release();
        }
    }

    private InferenceResult result(ChatReply reply, List<ChatMessage> question, Inference item) {
        if (reply instanceof ChatReply.Failed failed) {
            return failed(failed);
        }
        calls.well();
        Cost paid = prices.of(question, reply.usage());
        return switch (reply) {
            case ChatReply.Said said -> read(said.text(), paid, item);
            case ChatReply.Unusable unusable -> unusable(unusable.problem(), paid);
            case ChatReply.Declined declined -> new Abstained("the model declined to answer", List.of(), paid);
            case ChatReply.Failed failed -> throw new IllegalStateException("dealt with above");
        };
    }

    private InferenceResult read(String written, Cost paid, Inference item) {
        try {
            Read read = reader.read(written, item);
            return read.sure()
                    ? new Answered(read.outputs(), paid)
                    : new Abstained("the model is not sure enough", read.outputs(), paid);
        } catch (UnusableAnswer e) {
            return unusable(String.valueOf(e.getMessage()), paid);
        }
    }

    private static InferenceResult unusable(String problem, Cost paid) {
        return new Abstained("the model's answer can't be used: " + problem, List.of(), paid);
    }

    private InferenceResult failed(ChatReply.Failed failed) {
        if (failed.fault() != Fault.CANCELLED) {
            calls.failed(failed.message());
        }
        // What may have been paid for is neither tried again nor free in the budget.
        return switch (failed.fault()) {
            case UNREACHABLE -> new Failed(ErrorCode.SPECIALIST_UNAVAILABLE, "the model server is not available");
            case TIMED_OUT -> new Failed(ErrorCode.SPECIALIST_TIMEOUT, "the model server did not answer in time");
            case CANCELLED -> Waiting.NOBODY_WAITS;
            case BUSY -> new Failed(ErrorCode.SPECIALIST_OVERLOADED, "the model server has too much to do");
            case STATUS -> new Failed(ErrorCode.SPECIALIST_FAILED, "the model server failed (" + failed.fault() + ")");
            case BROKEN, CONTENT_TYPE, TOO_LARGE, MALFORMED ->
                new Failed(
                        ErrorCode.SPECIALIST_OUTPUT_INVALID,
                        "the model server sent no complete answer (" + failed.fault() + ")");
        };
    }
}
