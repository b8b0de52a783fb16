package dev.pinfactory.orchestrator.service.task;

import org.springframework.util.unit.DataSize;

/**
 * How much this process takes on.
 *
 * @param concurrency tasks that run at once
 * @param queue tasks that wait for their turn
 * @param perTenant tasks of one tenant, running or waiting
 * @param bytes of all requests that run or wait: what bounds the memory
 */
public record AdmissionLimits(int concurrency, int queue, int perTenant, DataSize bytes) {
    public AdmissionLimits {
        if (concurrency < 1 || queue < 0 || perTenant < 1 || bytes.toBytes() < 1) {
            throw new IllegalArgumentException("admission wants concurrency, perTenant and bytes of at least 1");
        }
    }
}
