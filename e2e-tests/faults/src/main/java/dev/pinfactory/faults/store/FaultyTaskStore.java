package dev.pinfactory.faults.store;

import dev.pinfactory.orchestrator.service.store.TaskStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;

/**
 * A task store that fails now and then, on every method alike: which call of a method fails, and how, follows from the seed and the number of the call alone.
 * Thread-safe.
 */
public final class FaultyTaskStore implements InvocationHandler {
    /** What can happen to a call. */
    public enum Fault {
        NONE,
        /** Not executed, and said at once. */
        REFUSED,
        /** Not executed, and nobody knows. */
        TIMED_OUT,
        /** Executed and committed, and nobody knows. */
        EXECUTED_THEN_TIMED_OUT
    }

    private final TaskStore delegate;
    private final long seed;
    private final double rate;
    private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();
    private final Map<Fault, AtomicLong> faults = new ConcurrentHashMap<>();

    /** @param rate of each of the three faults, 0 to 1/3 */
    public FaultyTaskStore(TaskStore delegate, long seed, double rate) {
        if (rate < 0 || rate > 1.0 / 3) {
            throw new IllegalArgumentException("rate: 0 to 1/3 is expected, got " + rate);
        }
        this.delegate = delegate;
        this.seed = seed;
        this.rate = rate;
    }

    /** The store to be used. */
    public TaskStore store() {
        return (TaskStore)
                Proxy.newProxyInstance(TaskStore.class.getClassLoader(), new Class<?>[] {TaskStore.class}, this);
    }

    /** How often it has happened. */
    public long count(Fault fault) {
        AtomicLong count = faults.get(fault);
        return count == null ? 0 : count.get();
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(delegate, arguments);
        }
        String name = method.getName() + method.getParameterCount();
        Fault fault = fault(
                name, calls.computeIfAbsent(name, first -> new AtomicLong()).getAndIncrement());
        faults.computeIfAbsent(fault, first -> new AtomicLong()).incrementAndGet();
        return switch (fault) {
            case NONE -> call(method, arguments);
            case REFUSED -> throw new DataAccessResourceFailureException("fault: " + method.getName() + " was refused");
            case TIMED_OUT -> throw new QueryTimeoutException("fault: " + method.getName() + " timed out");
            case EXECUTED_THEN_TIMED_OUT -> {
                call(method, arguments);
                throw new QueryTimeoutException("fault: " + method.getName() + " was executed, then timed out");
            }
        };
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(delegate, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Fault fault(String method, long number) {
        double drawn = new SplittableRandom(seed ^ ((long) method.hashCode() << 32) ^ number).nextDouble();
        return drawn >= 3 * rate ? Fault.NONE : Fault.values()[1 + (int) (drawn / rate)];
    }
}
