package dev.pinfactory.registry.service.rollout;

/** What is to become of a version now. */
public sealed interface Decision {
    /** It moves. */
    record Move(Transition transition, int weightPercent, String reason) implements Decision {}

    /**
     * It stays for now.
     *
     * @param person whether only a person can move it on
     */
    record Wait(String what, boolean person) implements Decision {}

    /** It stays: it has arrived, or is out. */
    record Rest() implements Decision {}
}
