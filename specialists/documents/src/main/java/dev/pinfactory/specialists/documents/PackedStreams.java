package dev.pinfactory.specialists.documents;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;

/**
 * Looks at the packed streams of a PDF before it is opened: a few kilobytes may unpack to gigabytes, and the library unpacks into memory. Every place
 * that looks like the beginning of such a stream is unpacked, counted, and thrown away. Streams that are packed twice are counted twice.
 */
final class PackedStreams {
    private static final byte[] STREAM = {'s', 't', 'r', 'e', 'a', 'm'};
    private static final int MOST_PACKINGS = 3;

    private long unpacked;

    private PackedStreams() {}

    /** @throws UnreadableDocumentException when it would unpack to more than what is read */
    static void check(ByteString pdf) throws UnreadableDocumentException {
        PackedStreams streams = new PackedStreams();
        byte[] bytes = pdf.toByteArray();
        for (int i = indexOfStream(bytes, 0); i >= 0; i = indexOfStream(bytes, i)) {
            int start = i;
            while (start < bytes.length && (bytes[start] == '\r' || bytes[start] == '\n' || bytes[start] == ' ')) {
                start++;
            }
            streams.count(bytes, start);
        }
    }

    /** Behind the next keyword; -1 when there is none. */
    private static int indexOfStream(byte[] bytes, int from) {
        for (int i = from; i + STREAM.length <= bytes.length; i++) {
            int at = 0;
            while (at < STREAM.length && bytes[i + at] == STREAM[at]) {
                at++;
            }
            boolean end = i >= 3 && bytes[i - 1] == 'd' && bytes[i - 2] == 'n' && bytes[i - 3] == 'e';
            if (at == STREAM.length && !end) {
                return i + STREAM.length;
            }
        }
        return -1;
    }

    private void count(byte[] bytes, int start) throws UnreadableDocumentException {
        int first = start + 1 < bytes.length ? (bytes[start] & 0xff) << 8 | bytes[start + 1] & 0xff : 0;
        for (int packings = 1; packings <= MOST_PACKINGS && isPacked(first); packings++) {
            InputStream stream = new ByteArrayInputStream(bytes, start, bytes.length - start);
            for (int i = 0; i < packings; i++) {
                stream = new InflaterInputStream(stream);
            }
            first = count(stream);
        }
    }

    /** The first two bytes. */
    private int count(InputStream stream) throws UnreadableDocumentException {
        byte[] buffer = new byte[1 << 16];
        int first = 0;
        long size = 0;
        try {
            int read;
            while ((read = stream.readNBytes(buffer, 0, buffer.length)) > 0) {
                first = size == 0 && read > 1 ? (buffer[0] & 0xff) << 8 | buffer[1] & 0xff : first;
                size += read;
                unpacked += read;
                if (size > Limits.UNPACKED_STREAM || unpacked > Limits.UNPACKED) {
                    throw new UnreadableDocumentException("it unpacks to more than %,d bytes"
                            .formatted(size > Limits.UNPACKED_STREAM ? Limits.UNPACKED_STREAM : Limits.UNPACKED));
                }
            }
        } catch (IOException e) {
            // Not packed in this way, or broken: as far as it went it was counted.
            return first;
        }
        return first;
    }

    /** The header of RFC 1950: deflate, and a checksum. */
    private static boolean isPacked(int firstTwoBytes) {
        return firstTwoBytes > 0 && (firstTwoBytes >> 8 & 0x0f) == 8 && firstTwoBytes % 31 == 0;
    }
}
