package dev.pinfactory.registry.service.store;

import dev.pinfactory.proto.v1.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Erases what only history needs. Versions themselves stay: a number promises its model for ever, and a rejected one must not come back as new.
 */
public final class JdbcRetention {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public JdbcRetention(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Events of the outbox that are older, read or not. Answers how many. */
    public int expireEvents(Instant before) {
        return jdbc.sql("delete from outbox where happened_at < ?")
                .param(Rows.column(before))
                .update();
    }

    /** Entries of the audit log that are older. Answers how many. */
    public int expireAudit(Instant before) {
        return jdbc.sql("delete from audit where happened_at < ?")
                .param(Rows.column(before))
                .update();
    }

    /** Reporters that said nothing since; a report that comes so late again would be counted twice. Answers how many. */
    public int expireReporters(Instant before) {
        return jdbc.sql("delete from reporter where seen_at < ?")
                .param(Rows.column(before))
                .update();
    }

    /** Pages of judgements that are older, of versions that are retired or rejected. The judgement itself stays. Answers how many chunks. */
    public int expireReports(Instant before) {
        return jdbc.sql("delete from judgement_report where exists (select 1 from judgement j"
                        + " join version v on v.specialist = j.specialist and v.number = j.number"
                        + " where j.specialist = judgement_report.specialist and j.number = judgement_report.number"
                        + " and j.recorded_at < ? and v.state in ('RETIRED', 'REJECTED'))")
                .param(Rows.column(before))
                .update();
    }

    /**
     * The bytes of models that were stored before and that nobody will ask for: of no version, or of versions that are retired or rejected and
     * were last seen before. Answers how many.
     */
    public int expireModels(Instant before) {
        Integer expired = transaction.execute(status -> {
            // Whoever publishes a version waits, so that none appears whose model is being erased.
            jdbc.sql("select id from catalogue where id = 1 for update")
                    .query(Integer.class)
                    .single();
            Set<String> wanted = wanted(before);
            List<String> unwanted = jdbc
                    .sql("select digest from model where stored_at < ?")
                    .param(Rows.column(before))
                    .query((row, number) -> row.getString(1))
                    .list()
                    .stream()
                    .filter(digest -> !wanted.contains(digest))
                    .toList();
            unwanted.forEach(digest ->
                    jdbc.sql("delete from model where digest = ?").param(digest).update());
            return unwanted.size();
        });
        return expired == null ? 0 : expired;
    }

    private Set<String> wanted(Instant before) {
        return new HashSet<>(
                jdbc.sql("select version from version where state not in ('RETIRED', 'REJECTED') or last_seen >= ?")
                        .param(Rows.column(before))
                        .query((row, number) ->
                                Rows.parse(Version.parser(), row.getBytes(1)).getModelDigest())
                        .list());
    }
}
