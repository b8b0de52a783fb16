package dev.pinfactory.orchestrator.gateway;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/** A gateway that ends is not ready from then on (Boot says so), and still takes requests for a moment, so that whoever balances the load learns of it. */
final class QuietPeriod implements ApplicationListener<ContextClosedEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(QuietPeriod.class);

    private final ApplicationContext context;
    private final Duration length;

    QuietPeriod(ApplicationContext context, Duration length) {
        this.context = context;
        this.length = length;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent closed) {
        if (closed.getApplicationContext() != context || length.isZero()) {
            return;
        }
        LOG.info("leaving: not ready, requests are still taken for {} ms", length.toMillis());
        try {
            boolean never = new CountDownLatch(1).await(length.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("quiet period over ({})", never);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
