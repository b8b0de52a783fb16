/** Step grants: what the orchestrator signs and specialists verify before they compute. */
@NullMarked
package dev.pinfactory.specialists.sdk.grant;

import org.jspecify.annotations.NullMarked;
