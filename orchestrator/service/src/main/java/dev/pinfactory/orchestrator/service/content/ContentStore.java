package dev.pinfactory.orchestrator.service.content;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.ContentRef;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Bytes by their digest, each tenant's apart: a digest of another tenant is one that does not exist. */
public interface ContentStore {
    /** Begins an upload. What is not completed leaves nothing behind. */
    Upload begin(String tenant, String mediaType, String fileName);

    /** Keeps bytes that are at hand. */
    ContentRef put(String tenant, String mediaType, ByteString bytes);

    /** What is known of a digest; its expiry is put off. */
    Optional<ContentRef> find(String tenant, String digest);

    /**
     * The bytes.
     *
     * @throws dev.pinfactory.proto.error.PinfactoryException NOT_FOUND, or INTERNAL when the bytes on disk do not have their digest
     */
    ByteString read(String tenant, String digest);

    /**
     * The bytes as they lie on disk, for a reader that checks their digest.
     *
     * @throws dev.pinfactory.proto.error.PinfactoryException NOT_FOUND
     */
    Content locate(String tenant, String digest);

    /** Removes the bytes behind digests whose rows are gone. */
    void erase(String tenant, Collection<String> digests);

    /** Removes what is over and not referred to by a task. Answers how many. */
    int expire(Instant now, int limit);

    /** One upload, written as it comes. */
    interface Upload extends AutoCloseable {
        /** @throws dev.pinfactory.proto.error.PinfactoryException TOO_LARGE, before a byte above the limit is kept */
        void write(byte[] bytes, int offset, int length);

        /** All bytes are there. */
        ContentRef complete();

        /** Gives up what is not complete. */
        @Override
        void close();
    }
}
