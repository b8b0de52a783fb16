package dev.pinfactory.router.planner.cache;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.UnmetRequest;
import dev.pinfactory.router.planner.interpret.Token;
import java.util.List;

/** Moves a plan from one instruction to another of the same shape: every span to the tokens of the same place, and the words in the reasons with them. */
final class Transposition {
    private final String from;
    private final List<Token> fromTokens;
    private final String to;
    private final List<Token> toTokens;

    Transposition(String from, List<Token> fromTokens, String to, List<Token> toTokens) {
        this.from = from;
        this.fromTokens = fromTokens;
        this.to = to;
        this.toTokens = toTokens;
    }

    Plan of(Plan plan) {
        if (from.equals(to)) {
            return plan;
        }
        Plan.Builder moved = plan.toBuilder();
        moved.getStepsBuilderList().forEach(this::move);
        moved.getUnmetBuilderList().forEach(this::move);
        moved.clearDigest();
        return moved.setDigest(Digests.of(moved.build())).build();
    }

    private void move(Step.Builder step) {
        step.getParametersBuilderList().forEach(parameter -> {
            if (parameter.getSource().hasInstruction()) {
                parameter
                        .getSourceBuilder()
                        .setInstruction(move(parameter.getSource().getInstruction()));
            }
        });
        step.getInputsBuilderList()
                .forEach(input -> input.getSourcesBuilderList().forEach(source -> {
                    if (source.hasInstruction()) {
                        source.setInstruction(move(source.getInstruction()));
                    }
                }));
        String reason = step.getReason();
        for (int i = 0; i < step.getAskedByCount(); i++) {
            Span before = step.getAskedBy(i);
            Span after = move(before);
            reason = reason.replace(words(from, before), words(to, after));
            step.setAskedBy(i, after);
        }
        step.setReason(reason);
    }

    private void move(UnmetRequest.Builder unmet) {
        Span after = move(unmet.getSpan());
        unmet.setText(unmet.getText().replace(words(from, unmet.getSpan()), words(to, after)))
                .setSpan(after);
    }

    private InstructionSpan move(InstructionSpan span) {
        Span moved = move(Span.newBuilder()
                .setStart(span.getStart())
                .setEnd(span.getEnd())
                .build());
        return span.toBuilder()
                .setStart(moved.getStart())
                .setEnd(moved.getEnd())
                .build();
    }

    private Span move(Span span) {
        return Span.newBuilder()
                .setStart(position(span.getStart(), true))
                .setEnd(position(span.getEnd(), false))
                .build();
    }

    /** A span begins and ends at a token, or one quotation mark inside it. */
    private int position(int codePoint, boolean start) {
        int at = from.offsetByCodePoints(0, codePoint);
        for (int i = 0; i < fromTokens.size(); i++) {
            Token token = fromTokens.get(i);
            boolean holds = start ? at >= token.start() && at < token.end() : at > token.start() && at <= token.end();
            if (holds) {
                Token other = toTokens.get(i);
                int place = start ? other.start() + (at - token.start()) : other.end() - (token.end() - at);
                return to.codePointCount(0, place);
            }
        }
        throw new IllegalStateException("position " + codePoint + " is at no token of the instruction");
    }

    private static String words(String text, Span span) {
        return text.substring(text.offsetByCodePoints(0, span.getStart()), text.offsetByCodePoints(0, span.getEnd()));
    }
}
