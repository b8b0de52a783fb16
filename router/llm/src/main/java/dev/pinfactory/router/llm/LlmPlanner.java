package dev.pinfactory.router.llm;

import dev.pinfactory.chat.ChatClient;
import dev.pinfactory.chat.ChatMessage;
import dev.pinfactory.chat.ChatReply;
import dev.pinfactory.chat.ChatReply.Declined;
import dev.pinfactory.chat.ChatReply.Failed;
import dev.pinfactory.chat.ChatReply.Said;
import dev.pinfactory.chat.ChatReply.Unusable;
import dev.pinfactory.chat.ChatRequest;
import dev.pinfactory.chat.Usage;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.router.llm.language.AnswerSchema;
import dev.pinfactory.router.llm.language.PlanAnswer;
import dev.pinfactory.router.llm.language.PlanAnswer.Invalid;
import dev.pinfactory.router.llm.language.PlanAnswer.Nothing;
import dev.pinfactory.router.llm.language.PlanAnswer.Valid;
import dev.pinfactory.router.llm.language.PlanReader;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanOutcome.Passed;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import dev.pinfactory.router.planner.Planner;
import dev.pinfactory.router.planner.PlanningRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Asks a language model for a plan: one question and, if the plan breaks rules, one more in which they are listed. It answers with a validated plan
 * or with a refusal that says why and what was spent; whatever the server does, it throws nothing. It is asked only for tasks that may escalate.
 */
public final class LlmPlanner implements Planner, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LlmPlanner.class);
    private static final int QUESTIONS = 2;
    /** An answer that comes in the last moment is of no use to whoever waits for the plan. */
    private static final Duration LEFT_FOR_OTHERS = Duration.ofMillis(20);

    private final LlmSettings settings;
    private final ShortLister shortLister;
    private final Clock clock;
    private final ChatClient client;
    private final Semaphore permits;

    public LlmPlanner(LlmSettings settings, ShortLister shortLister, Clock clock) {
        this.settings = settings;
        this.shortLister = shortLister;
        this.clock = clock;
        this.client = new ChatClient(settings.server());
        this.permits = new Semaphore(settings.server().maxConcurrent());
    }

    public LlmPlanner(LlmSettings settings) {
        this(settings, ShortLister.byWords(), Clock.systemUTC());
    }

    @Override
    public PlanOutcome plan(PlanningRequest unconstrained) {
        PlanningRequest request = unconstrained.withinConstraints();
        if (!request.request().getConstraints().getMayEscalate()
                || request.contracts().size() == 0) {
            return new Passed();
        }
        int inputs = request.request().getInputsCount();
        if (inputs > settings.prompt().maxInputs()) {
            return refused("the task has " + inputs + " inputs and it is shown at most "
                    + settings.prompt().maxInputs());
        }
        if (!permits.tryAcquire()) {
            return refused("it has as many requests as it takes");
        }
        try {
            return converse(request);
        } finally {
            permits.release();
        }
    }

    private PlanOutcome converse(PlanningRequest request) {
        List<Contract> shown = shortLister.shortList(request, settings.prompt().maxCards());
        JsonNode schema = AnswerSchema.of(shown.stream().map(Contract::getId).toList());
        Spending spending = new Spending(settings, request.request().getConstraints());
        PlanReader reader = new PlanReader(request, settings.planConfidence());
        List<ChatMessage> first = Prompt.first(request.request(), shown, settings.prompt());
        List<ChatMessage> messages = first;
        List<String> problems = List.of();
        for (int question = 1; question <= QUESTIONS; question++) {
            String body = ChatRequest.body(settings.generation(), messages, "plan", schema);
            Optional<String> tooDear = spending.refuses(body);
            if (tooDear.isPresent()) {
                return refused(Refusal.Reason.LOW_CONFIDENCE, after(problems, tooDear.get()), spending);
            }
            Duration left = left(request);
            if (!left.isPositive()) {
                return refused(Refusal.Reason.LOW_CONFIDENCE, after(problems, "no time is left to ask it"), spending);
            }
            ChatReply reply = client.ask(body, left);
            account(spending, body, reply);
            warnOfACutPrompt(messages, reply);
            String written;
            PlanAnswer answer;
            switch (reply) {
                case Said said -> {
                    written = said.text();
                    answer = reader.read(written);
                }
                case Unusable unusable -> {
                    written = unusable.text();
                    answer = new Invalid(List.of(unusable.problem()));
                }
                case Declined declined -> {
                    return refused(Refusal.Reason.LOW_CONFIDENCE, after(problems, declined.why()), spending);
                }
                case Failed failed -> {
                    LOG.warn("The language model gave no answer: {}, {}", failed.fault(), failed.message());
                    return refused(Refusal.Reason.LOW_CONFIDENCE, after(problems, failed.message()), spending);
                }
            }
            switch (answer) {
                case Valid valid -> {
                    LOG.debug("Planned {} steps in {} questions", valid.plan().getStepsCount(), question);
                    return new Planned(valid.plan(), spending.cost(), false);
                }
                case Nothing nothing -> {
                    return new Refused(nothing.refusal(), spending.cost());
                }
                case Invalid invalid -> {
                    LOG.debug(
                            "Answer {} breaks {} rules",
                            question,
                            invalid.problems().size());
                    problems = invalid.problems();
                    messages = Prompt.repair(first, written, problems);
                }
            }
        }
        return refused(
                Refusal.Reason.LOW_CONFIDENCE,
                "its plan was repaired once and still breaks " + problems.size() + " rules: " + problems.getFirst(),
                spending);
    }

    private Duration left(PlanningRequest request) {
        Duration left = Duration.between(clock.instant(), request.deadline()).minus(LEFT_FOR_OTHERS);
        Duration most = settings.server().requestTimeout();
        return left.compareTo(most) < 0 ? left : most;
    }

    private static void account(Spending spending, String body, ChatReply reply) {
        Optional<Usage> usage = reply.usage();
        if (reply instanceof Failed failed && !failed.fault().mayBeBilled()) {
            spending.refused(body);
        } else if (usage.isPresent()) {
            spending.counted(body, usage.get(), reply.bytes());
        } else {
            spending.uncounted(body, reply.bytes());
        }
    }

    /** A plan of a model that saw less is as valid as any, and less likely to be right; only its operator can help. */
    private static void warnOfACutPrompt(List<ChatMessage> messages, ChatReply reply) {
        long bytes = ChatMessage.bytes(messages);
        reply.usage()
                .filter(usage -> usage.leavesOut(bytes))
                .ifPresent(usage -> LOG.warn(
                        "The language model's server counts {} tokens in a prompt of {} bytes: has it cut it? It may need a longer context",
                        usage.promptTokens(),
                        bytes));
    }

    private static String after(List<String> problems, String why) {
        return problems.isEmpty() ? why : why + ", after a first plan that breaks rules: " + problems.getFirst();
    }

    private static Refused refused(String message) {
        return new Refused(Refusal.newBuilder()
                .setReason(Refusal.Reason.LOW_CONFIDENCE)
                .setMessage(message)
                .build());
    }

    private static Refused refused(Refusal.Reason reason, String message, Spending spending) {
        return new Refused(
                Refusal.newBuilder().setReason(reason).setMessage(message).build(), spending.cost());
    }

    /** Hangs up on whatever is under way. */
    @Override
    public void close() {
        client.close();
    }
}
