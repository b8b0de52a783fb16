package dev.pinfactory.orchestrator.service.task;

import org.springframework.util.unit.DataSize;

/**
 * How much this process takes on.
 *
 * @param minConcurrency tasks that may always run at once
 * @param concurrency tasks that run at once at most; how many do is found out in between (see {@link AdaptiveLimit})
 * @param queue tasks that wait for their turn without anybody waiting for them, and as many batch tasks; of those that somebody waits for, only as many wait as
 *     may run
 * @param perTenant tasks of one tenant, running or waiting
 * @param bytes of all requests that run or wait: what bounds the memory
 */
public record AdmissionLimits(int minConcurrency, int concurrency, int queue, int perTenant, DataSize bytes) {
    public AdmissionLimits {
        if (minConcurrency < 1 || concurrency < minConcurrency || queue < 0 || perTenant < 1 || bytes.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "admission wants minConcurrency, perTenant and bytes of at least 1, and concurrency of at least minConcurrency");
        }
    }
}
