package dev.pinfactory.orchestrator.service;

import com.zaxxer.hikari.HikariDataSource;
import dev.pinfactory.orchestrator.service.content.ContentLimits;
import dev.pinfactory.orchestrator.service.content.ContentRows;
import dev.pinfactory.orchestrator.service.content.ContentStore;
import dev.pinfactory.orchestrator.service.content.FileContentStore;
import dev.pinfactory.orchestrator.service.content.TaskContent;
import dev.pinfactory.orchestrator.service.quota.Quotas;
import dev.pinfactory.orchestrator.service.quota.UseRows;
import dev.pinfactory.orchestrator.service.store.Databases;
import dev.pinfactory.orchestrator.service.store.JdbcOutboxReader;
import dev.pinfactory.orchestrator.service.store.JdbcPinStore;
import dev.pinfactory.orchestrator.service.store.JdbcTaskStore;
import dev.pinfactory.orchestrator.service.store.OutboxReader;
import dev.pinfactory.orchestrator.service.store.OutboxWriter;
import dev.pinfactory.orchestrator.service.store.PinStore;
import dev.pinfactory.orchestrator.service.store.RevisionStore;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import java.nio.file.Path;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Where tasks and content are kept. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {
    @Bean
    HikariDataSource dataSource(
            OrchestratorProperties properties, @Value("${pinfactory.data-dir:.pinfactory}") Path dataDir) {
        OrchestratorProperties.Store store = properties.store();
        return store.url().isEmpty()
                ? Databases.h2(dataDir.resolve("orchestrator"), store.connections())
                : Databases.postgres(store.url(), store.user(), store.password(), store.connections());
    }

    /** After the migration, and only on a database that keeps what it acknowledges. */
    @Bean
    TaskStore taskStore(
            Flyway migrated, HikariDataSource dataSource, JdbcClient jdbc, PlatformTransactionManager transactions) {
        Databases.requireDurable(dataSource, jdbc);
        return new JdbcTaskStore(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    PinStore pinStore(Flyway migrated, JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new JdbcPinStore(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    RevisionStore revisionStore(Flyway migrated, JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new RevisionStore(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    OutboxWriter outboxWriter(Flyway migrated, JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new OutboxWriter(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    OutboxReader outboxReader(Flyway migrated, JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new JdbcOutboxReader(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    Quotas quotas(Flyway migrated, OrchestratorProperties properties, JdbcClient jdbc, Clock clock) {
        return new Quotas(properties.quotas(), new UseRows(jdbc), clock);
    }

    @Bean
    ContentLimits contentLimits(OrchestratorProperties properties) {
        OrchestratorProperties.Content content = properties.content();
        return new ContentLimits(content.maxUpload(), content.inline(), content.retention());
    }

    @Bean
    ContentStore contentStore(
            Flyway migrated,
            OrchestratorProperties properties,
            ContentLimits limits,
            JdbcClient jdbc,
            Clock clock,
            @Value("${pinfactory.data-dir:.pinfactory}") Path dataDir) {
        String directory = properties.content().directory();
        Path folder = directory.isEmpty() ? dataDir.resolve("orchestrator").resolve("content") : Path.of(directory);
        return new FileContentStore(folder.toAbsolutePath(), new ContentRows(jdbc), limits, clock);
    }

    @Bean
    TaskContent taskContent(ContentStore store, ContentLimits limits) {
        return new TaskContent(store, limits);
    }
}
