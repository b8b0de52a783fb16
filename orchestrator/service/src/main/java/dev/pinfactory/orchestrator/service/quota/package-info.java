/** What tenants use in a day, and may use: tasks, processor seconds and money for language models. */
@NullMarked
package dev.pinfactory.orchestrator.service.quota;

import org.jspecify.annotations.NullMarked;
