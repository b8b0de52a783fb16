package dev.pinfactory.registry.service.store;

import dev.pinfactory.proto.v1.Counters;
import dev.pinfactory.proto.v1.Judgement;
import dev.pinfactory.registry.service.catalog.Outcomes;
import dev.pinfactory.registry.service.catalog.RolloutRecords;
import dev.pinfactory.registry.service.catalog.Stage;
import dev.pinfactory.registry.service.catalog.Verdict;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Judgements, stages and reports, inside a transaction that holds the catalogue's row. */
final class JdbcRolloutRecords implements RolloutRecords {
    static final String STAGE_COLUMNS = "specialist, number, started_at, rival, own, beside";

    private final JdbcClient jdbc;

    JdbcRolloutRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public OptionalLong modelSize(String digest) {
        return jdbc.sql("select size_bytes from model where digest = ?").param(digest).query(Long.class).list().stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    @Override
    public List<Stage> stages(String specialist) {
        return jdbc.sql("select " + STAGE_COLUMNS + " from stage where specialist = ? order by number")
                .param(specialist)
                .query((row, number) -> stage(row))
                .list();
    }

    static Stage stage(ResultSet row) throws SQLException {
        return new Stage(
                row.getString("specialist"),
                row.getString("number"),
                Rows.instant(row, "started_at"),
                Optional.ofNullable(row.getString("rival")),
                Outcomes.of(Rows.parse(Counters.parser(), row.getBytes("own"))),
                Outcomes.of(Rows.parse(Counters.parser(), row.getBytes("beside"))));
    }

    @Override
    public void save(Stage stage) {
        byte[] own = stage.own().toMessage().toByteArray();
        byte[] beside = stage.beside().toMessage().toByteArray();
        String rival = stage.rival().orElse(null);
        int known = jdbc.sql("update stage set started_at = ?, rival = ?, own = ?, beside = ?"
                        + " where specialist = ? and number = ?")
                .params(Arrays.asList(
                        Rows.column(stage.startedAt()), rival, own, beside, stage.specialist(), stage.number()))
                .update();
        if (known == 0) {
            jdbc.sql("insert into stage (" + STAGE_COLUMNS + ") values (?, ?, ?, ?, ?, ?)")
                    .params(Arrays.asList(
                            stage.specialist(), stage.number(), Rows.column(stage.startedAt()), rival, own, beside))
                    .update();
        }
    }

    @Override
    public void end(Stage stage) {
        jdbc.sql("delete from stage where specialist = ? and number = ?")
                .params(stage.specialist(), stage.number())
                .update();
    }

    @Override
    public Optional<Verdict> verdict(String specialist, String number) {
        return jdbc.sql("select judgement, counts from judgement where specialist = ? and number = ?")
                .params(specialist, number)
                .query((row, index) -> new Verdict(
                        Rows.parse(Judgement.parser(), row.getBytes("judgement")), row.getBoolean("counts")))
                .optional();
    }

    @Override
    public void save(String specialist, String number, Judgement judgement, String report, Instant now) {
        jdbc.sql("delete from judgement where specialist = ? and number = ?")
                .params(specialist, number)
                .update();
        jdbc.sql("insert into judgement (specialist, number, judgement, counts, recorded_at) values (?, ?, ?, ?, ?)")
                .params(specialist, number, judgement.toByteArray(), true, Rows.column(now))
                .update();
        byte[] page = report.getBytes(StandardCharsets.UTF_8);
        for (int chunk = 0; chunk * JdbcModelStore.CHUNK_BYTES < page.length; chunk++) {
            int from = chunk * JdbcModelStore.CHUNK_BYTES;
            jdbc.sql("insert into judgement_report (specialist, number, chunk, bytes) values (?, ?, ?, ?)")
                    .params(
                            specialist,
                            number,
                            chunk,
                            Arrays.copyOfRange(page, from, Math.min(page.length, from + JdbcModelStore.CHUNK_BYTES)))
                    .update();
        }
    }

    @Override
    public void discount(String specialist, String number) {
        jdbc.sql("update judgement set counts = false where specialist = ? and number = ?")
                .params(specialist, number)
                .update();
    }

    @Override
    public long lastReport(String reporter) {
        return jdbc.sql("select sequence from reporter where name = ?")
                .param(reporter)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    @Override
    public void reported(String reporter, long sequence, Instant now) {
        int known = jdbc.sql("update reporter set sequence = ?, seen_at = ? where name = ?")
                .params(sequence, Rows.column(now), reporter)
                .update();
        if (known == 0) {
            jdbc.sql("insert into reporter (name, sequence, seen_at) values (?, ?, ?)")
                    .params(reporter, sequence, Rows.column(now))
                    .update();
        }
    }

    @Override
    public List<String> onTheWay(Instant championSince) {
        return jdbc.sql("select distinct v.specialist from version v where v.state in ('SHADOW', 'CANARY')"
                        + " or (v.state = 'CANDIDATE' and exists (select 1 from judgement j"
                        + " where j.specialist = v.specialist and j.number = v.number and j.counts))"
                        + " or (v.state = 'CHAMPION' and exists (select 1 from stage s"
                        + " where s.specialist = v.specialist and s.number = v.number and s.rival is not null"
                        + " and s.started_at >= ?))"
                        + " order by v.specialist")
                .param(Rows.column(championSince))
                .query((row, number) -> row.getString(1))
                .list();
    }
}
