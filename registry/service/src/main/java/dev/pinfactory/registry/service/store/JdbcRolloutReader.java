package dev.pinfactory.registry.service.store;

import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.v1.AuditEntry;
import dev.pinfactory.proto.v1.GetJudgementResponse;
import dev.pinfactory.proto.v1.Judgement;
import dev.pinfactory.proto.v1.RolloutStage;
import dev.pinfactory.proto.v1.Version;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads, for people, why versions are where they are. */
public final class JdbcRolloutReader {
    private final JdbcClient jdbc;

    public JdbcRolloutReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<GetJudgementResponse> judgement(String specialist, String number, boolean withReport) {
        return jdbc.sql("select judgement from judgement where specialist = ? and number = ?")
                .params(specialist, number)
                .query((row, index) -> Rows.parse(Judgement.parser(), row.getBytes(1)))
                .optional()
                .map(judgement -> GetJudgementResponse.newBuilder()
                        .setJudgement(judgement)
                        .setReportHtml(withReport ? report(specialist, number) : "")
                        .build());
    }

    private String report(String specialist, String number) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        jdbc.sql("select bytes from judgement_report where specialist = ? and number = ? order by chunk")
                .params(specialist, number)
                .query((row, index) -> row.getBytes(1))
                .list()
                .forEach(page::writeBytes);
        return page.toString(StandardCharsets.UTF_8);
    }

    /**
     * Entries of the audit log, the newest first.
     *
     * @param specialist empty for all
     * @param before only those with a smaller sequence
     */
    public List<AuditEntry> audit(String specialist, long before, int most) {
        return jdbc.sql("select sequence, happened_at, actor, reason, specialist, number, state_before, state_after,"
                        + " weight_percent, stage from audit where sequence < ?"
                        + (specialist.isEmpty() ? "" : " and specialist = ?")
                        + " order by sequence desc fetch first " + most + " rows only")
                .params(specialist.isEmpty() ? List.of(before) : List.of(before, specialist))
                .query((row, index) -> entry(row))
                .list();
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        AuditEntry.Builder entry = AuditEntry.newBuilder()
                .setSequence(row.getLong("sequence"))
                .setTime(Timestamps.fromMillis(Rows.instant(row, "happened_at").toEpochMilli()))
                .setActor(row.getString("actor"))
                .setReason(row.getString("reason"))
                .setSpecialist(row.getString("specialist"))
                .setVersion(row.getString("number"))
                .setFrom(Version.State.valueOf(row.getString("state_before")))
                .setTo(Version.State.valueOf(row.getString("state_after")))
                .setWeightPercent(row.getInt("weight_percent"));
        byte[] stage = row.getBytes("stage");
        if (stage != null) {
            entry.setStage(Rows.parse(RolloutStage.parser(), stage));
        }
        return entry.build();
    }
}
