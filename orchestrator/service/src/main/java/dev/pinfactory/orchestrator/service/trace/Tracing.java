package dev.pinfactory.orchestrator.service.trace;

import io.grpc.Metadata;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.Map;
import java.util.Optional;

/**
 * The trace of a task. A task outlives the thread, and perhaps the process, that took it in, so its trace is kept as a {@code traceparent} and taken up
 * again by whoever goes on.
 */
public final class Tracing {
    private static final String TRACE_PARENT = "traceparent";

    private final Tracer tracer;
    private final Propagator propagator;

    public Tracing(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /** The trace of the call that is being served; a new one where there is none. */
    public String current() {
        io.micrometer.tracing.Span span = tracer.currentSpan();
        if (span != null) {
            return parentOf(span.context());
        }
        io.micrometer.tracing.Span fresh = tracer.nextSpan();
        try {
            return parentOf(fresh.context());
        } finally {
            fresh.abandon();
        }
    }

    /** The trace id in a {@code traceparent}; empty when there is none. */
    public static String traceId(String traceParent) {
        String[] parts = traceParent.split("-", -1);
        return parts.length >= 4 ? parts[1] : "";
    }

    /** A span for the whole run of a task, as a child of what is in the {@code traceparent}. Current in this thread until closed. */
    public Span startRun(String name, String traceParent) {
        Map<String, String> carrier = Map.of(TRACE_PARENT, traceParent);
        return new Span(propagator
                .extract(carrier, (from, key) -> from.getOrDefault(key, ""))
                .name(name)
                .start());
    }

    /** A span for an outgoing call, as a child of what is current. */
    public Span startCall(String name) {
        return new Span(tracer.nextSpan().name(name).start());
    }

    /** What a thread that works for the current one needs; to be opened there. */
    public Optional<TraceContext> context() {
        return Optional.ofNullable(tracer.currentTraceContext().context());
    }

    /** Takes a context over from another thread. */
    public Scope open(Optional<TraceContext> context) {
        var scope = tracer.currentTraceContext().maybeScope(context.orElse(null));
        return scope::close;
    }

    /** A context that is current until closed. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    private String parentOf(TraceContext context) {
        return "00-" + context.traceId() + "-" + context.spanId()
                + (Boolean.TRUE.equals(context.sampled()) ? "-01" : "-00");
    }

    /** A span that is current in the thread that started it. */
    public final class Span implements AutoCloseable {
        private final io.micrometer.tracing.Span span;
        private final Tracer.SpanInScope scope;

        private Span(io.micrometer.tracing.Span span) {
            this.span = span;
            this.scope = tracer.withSpan(span);
        }

        public void tag(String key, String content) {
            span.tag(key, content);
        }

        public String traceId() {
            return span.context().traceId();
        }

        public void inject(Metadata headers) {
            // The carrier is the one that is given here; the setter gets it back.
            propagator.inject(
                    span.context(),
                    headers,
                    (carrier, key, content) ->
                            headers.put(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER), content));
        }

        @Override
        public void close() {
            scope.close();
            span.end();
        }
    }
}
