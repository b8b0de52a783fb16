package dev.pinfactory.orchestrator.service.store;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** What callers are told when the database fails. */
public final class StoreFailures {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private StoreFailures() {}

    /** UNAVAILABLE where the database is away or busy, since the same call may succeed later; anything else as it came. */
    public static Throwable explained(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return explained(failure.getCause());
        }
        return isPassing(failure)
                ? new PinfactoryException(
                        ErrorCode.UNAVAILABLE,
                        "the database of tasks does not answer, and the call may or may not have been executed; with an idempotency key it can be repeated",
                        List.of(),
                        RETRY,
                        failure)
                : failure;
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof TransientDataAccessException
                || failure instanceof NonTransientDataAccessResourceException
                || failure instanceof TransactionException;
    }
}
