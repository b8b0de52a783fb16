package dev.pinfactory.orchestrator.merge;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Box;
import dev.pinfactory.proto.v1.OffsetRun;
import dev.pinfactory.proto.v1.PageBox;
import dev.pinfactory.proto.v1.Segment;
import dev.pinfactory.proto.v1.Span;
import java.util.Optional;

/** Spans of texts. Offsets are code points; every span is checked, because a specialist wrote it. */
final class Texts {
    static final int MAX_QUOTE = 200;

    private Texts() {}

    /** The words at the span; empty when the span is not inside the text. */
    static Optional<String> slice(String text, Span span) {
        int length = text.codePointCount(0, text.length());
        if (span.getStart() < 0 || span.getEnd() > length || span.getStart() >= span.getEnd()) {
            return Optional.empty();
        }
        int start = text.offsetByCodePoints(0, span.getStart());
        return Optional.of(text.substring(start, text.offsetByCodePoints(start, span.getEnd() - span.getStart())));
    }

    static String quote(String words) {
        boolean fits = words.codePointCount(0, words.length()) <= MAX_QUOTE;
        return fits ? words : words.substring(0, words.offsetByCodePoints(0, MAX_QUOTE));
    }

    /** Where the words stood: the box around all their segments on the first page that they touch. */
    static Optional<PageBox> place(Artifact text, Span span) {
        int page = 0;
        Box box = Box.getDefaultInstance();
        for (Segment segment : text.getSegmentsList()) {
            boolean touched = segment.getStart() < span.getEnd() && segment.getEnd() > span.getStart();
            if (!touched || segment.getPage() <= 0) {
                continue;
            }
            if (page == 0) {
                page = segment.getPage();
                box = segment.getBox();
            } else if (segment.getPage() == page) {
                box = around(box, segment.getBox());
            }
        }
        return page == 0
                ? Optional.empty()
                : Optional.of(PageBox.newBuilder().setPage(page).setBox(box).build());
    }

    /**
     * The span of the source text that a span of a derived text came from. Runs of equal length map code point by code point, others as a
     * whole; what lies in no run was not changed place by place and can't be mapped.
     */
    static Optional<Span> toSource(Artifact derived, Span span) {
        int start = Integer.MAX_VALUE;
        int end = Integer.MIN_VALUE;
        for (OffsetRun run : derived.getOffsetMapList()) {
            if (run.getStart() >= span.getEnd() || run.getEnd() <= span.getStart()) {
                continue;
            }
            boolean byCodePoint = run.getEnd() - run.getStart() == run.getSourceEnd() - run.getSourceStart();
            int from = byCodePoint ? Math.max(0, span.getStart() - run.getStart()) : 0;
            int to = byCodePoint ? Math.max(0, run.getEnd() - span.getEnd()) : 0;
            start = Math.min(start, run.getSourceStart() + from);
            end = Math.max(end, run.getSourceEnd() - to);
        }
        return start < end
                ? Optional.of(Span.newBuilder().setStart(start).setEnd(end).build())
                : Optional.empty();
    }

    private static Box around(Box a, Box b) {
        return Box.newBuilder()
                .setLeft(Math.min(a.getLeft(), b.getLeft()))
                .setTop(Math.min(a.getTop(), b.getTop()))
                .setRight(Math.max(a.getRight(), b.getRight()))
                .setBottom(Math.max(a.getBottom(), b.getBottom()))
                .build();
    }
}
