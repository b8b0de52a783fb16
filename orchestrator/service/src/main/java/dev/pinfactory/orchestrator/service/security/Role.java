package dev.pinfactory.orchestrator.service.security;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the holder of a token is to the swarm; one may be several things. None includes another. */
enum Role {
    /** Has tasks done, and looks after its own. */
    CALLER,
    /** Decides what the swarm is not sure enough of. */
    REVIEWER,
    /** Adds specialists, and freezes plans that applications rely on. */
    PLATFORM,
    /** Watches the swarm. */
    OPERATOR,
    /** The learner's own: reads what happened, of all tenants. No person's. */
    LEARNER;

    /** As Spring Security knows it. */
    String authority() {
        return "ROLE_" + name();
    }

    /** As tokens say it: {@code caller}; empty for words that mean nothing here. */
    static Optional<Role> named(String word) {
        return Stream.of(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
