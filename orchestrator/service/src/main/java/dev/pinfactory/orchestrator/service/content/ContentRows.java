package dev.pinfactory.orchestrator.service.content;

import dev.pinfactory.proto.v1.ContentRef;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which tenant has which content, and until when it is kept. */
public final class ContentRows {
    private final JdbcClient jdbc;

    public ContentRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A tenant's content. */
    record Owned(String tenant, String digest) {}

    void put(String tenant, ContentRef ref, Instant expiresAt) {
        if (putOff(tenant, ref.getDigest(), expiresAt)) {
            return;
        }
        int inserted = jdbc.sql("""
                        insert into content (tenant, digest, media_type, size_bytes, expires_at)
                        values (:tenant, :digest, :type, :size, :expires) on conflict do nothing
                        """)
                .param("tenant", tenant)
                .param("digest", ref.getDigest())
                .param("type", ref.getMediaType())
                .param("size", ref.getSizeBytes())
                .param("expires", expiresAt.atOffset(ZoneOffset.UTC))
                .update();
        if (inserted == 0) {
            putOff(tenant, ref.getDigest(), expiresAt);
        }
    }

    private boolean putOff(String tenant, String digest, Instant expiresAt) {
        return jdbc.sql("update content set expires_at = :expires where tenant = :tenant and digest = :digest")
                        .param("expires", expiresAt.atOffset(ZoneOffset.UTC))
                        .param("tenant", tenant)
                        .param("digest", digest)
                        .update()
                == 1;
    }

    Optional<ContentRef> find(String tenant, String digest) {
        return jdbc.sql("select media_type, size_bytes from content where tenant = :tenant and digest = :digest")
                .param("tenant", tenant)
                .param("digest", digest)
                .query((row, number) -> ContentRef.newBuilder()
                        .setDigest(digest)
                        .setMediaType(row.getString(1))
                        .setSizeBytes(row.getLong(2))
                        .build())
                .optional();
    }

    List<Owned> removeExpired(Instant now, int limit) {
        List<Owned> expired = jdbc.sql("""
                        select tenant, digest from content c where expires_at <= :now
                        and not exists (select 1 from task_content t where t.tenant = c.tenant and t.digest = c.digest)
                        order by expires_at limit :limit
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, number) -> new Owned(row.getString(1), row.getString(2)))
                .list();
        return expired.stream()
                .filter(owned -> jdbc.sql(
                                        "delete from content where tenant = :tenant and digest = :digest and expires_at <= :now")
                                .param("tenant", owned.tenant())
                                .param("digest", owned.digest())
                                .param("now", now.atOffset(ZoneOffset.UTC))
                                .update()
                        == 1)
                .toList();
    }
}
