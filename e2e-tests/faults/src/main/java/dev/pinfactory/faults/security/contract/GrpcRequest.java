package dev.pinfactory.faults.security.contract;

import com.google.protobuf.TextFormat;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;

/**
 * A call in headers and bytes.
 *
 * @param what in a few words
 * @param framed whether its bytes are whole messages, which have to be answered by a status
 * @param ends whether the sending half is closed
 * @param endless whether the answer may go on for as long as somebody listens
 * @param patience after which the caller gives it up
 */
@SuppressWarnings("ArrayRecordComponent") // sent once
record GrpcRequest(
        String what,
        Http2Headers headers,
        byte[] body,
        boolean framed,
        boolean ends,
        boolean endless,
        Duration patience) {
    private static final int SHOWN = 200;

    /** Whether no answer at all is wrong. */
    boolean mustEnd() {
        return ends && framed && !endless;
    }

    @Override
    public String toString() {
        String bytes = TextFormat.escapeBytes(body);
        String headerText = headers.toString().replaceAll("(?i)(bearer )[\\w.-]+", "$1…");
        return what + " " + headerText.substring(0, Math.min(3 * SHOWN, headerText.length())) + " "
                + bytes.substring(0, Math.min(SHOWN, bytes.length())) + (ends ? "" : " (goes on)");
    }
}
