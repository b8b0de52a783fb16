package dev.pinfactory.orchestrator.service.content;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of stored content.
 *
 * @param maxUpload of one upload
 * @param inline what is larger leaves a task for the store, and travels as a reference
 * @param retention how long content is kept after it was last given, where no task refers to it
 */
public record ContentLimits(DataSize maxUpload, DataSize inline, Duration retention) {}
