package dev.pinfactory.orchestrator.service.content;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read more than once, because a call may be repeated. Opening and reading touch no database: they may be interrupted. */
public interface Content {
    InputStream open() throws IOException;

    long size();

    /** What is in memory anyway. */
    static Content of(ByteString bytes) {
        return new Content() {
            @Override
            public InputStream open() {
                return bytes.newInput();
            }

            @Override
            public long size() {
                return bytes.size();
            }
        };
    }
}
