/** Who may call: everybody on loopback in development, and holders of a good token everywhere else. */
@NullMarked
package dev.pinfactory.orchestrator.service.security;

import org.jspecify.annotations.NullMarked;
