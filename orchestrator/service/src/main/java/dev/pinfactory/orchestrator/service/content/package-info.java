/** Uploaded and large content: by digest, for each tenant, with retention. */
@NullMarked
package dev.pinfactory.orchestrator.service.content;

import org.jspecify.annotations.NullMarked;
