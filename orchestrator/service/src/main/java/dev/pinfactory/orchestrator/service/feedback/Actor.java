package dev.pinfactory.orchestrator.service.feedback;

import dev.pinfactory.orchestrator.service.task.Tenants;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who says something: the subject of the caller's token, or "local" where no authentication is configured.
 *
 * @param name at most 200 characters
 * @param reviews as a reviewer, not as whoever uses the result
 */
record Actor(String name, boolean reviews) {
    private static final int MAX_NAME = 200;

    static Actor user() {
        return new Actor(current(), false);
    }

    static Actor reviewer() {
        return new Actor(current(), true);
    }

    private static String current() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        String name = caller == null ? Tenants.LOCAL : caller.getName();
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }
}
