package dev.pinfactory.orchestrator.service.dispatch;

/** Told when a call waits for an endpoint that answers nobody, and when it does so no longer. Called by the threads of the calls. */
public interface Silence {
    void silent(boolean now);
}
