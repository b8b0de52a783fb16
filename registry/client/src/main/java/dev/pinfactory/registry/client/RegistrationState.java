package dev.pinfactory.registry.client;

import io.grpc.Status;
import java.time.Duration;

/** Where a registration stands. */
public sealed interface RegistrationState {
    /** Not registered yet, or no longer; it is being tried. */
    record Registering(String lastFailure) implements RegistrationState {}

    /** The registry knows the endpoint. */
    record Registered(String leaseId, Duration lease, long revision) implements RegistrationState {}

    /** The registry does not want these cards; tried again now and then, since an operator may mend the cause there. */
    record Refused(Status.Code code, String reason) implements RegistrationState {}

    /** Taken back. */
    record Closed() implements RegistrationState {}
}
